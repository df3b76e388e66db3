"""Lemmas of inflected forms, held against English inflection: an edit script can cut "founded" to "founde".

Irregular verbs are known one by one. A lemma that the network proposes for a regular form is kept when it is a known
word and its regular forms hold the word. Otherwise the stems that the ending allows are tried, known words first.
"""

from __future__ import annotations

from collections.abc import Container

_VOWELS = "aeiouy"
_FINAL_E = (
    "at", "iz", "is", "ut", "v", "c", "g", "u", "ir", "or", "ar", "as", "os", "us", "rs", "ns", "ok", "id", "ed", "od",
    "ud", "ag", "bl", "pl", "tl", "dl", "gl", "fl", "kl", "zl", "cl",
)  # fmt: skip
_IRREGULAR = {
    form: lemma
    for lemma, forms in {
        "arise": "arose arisen", "be": "been", "bear": "bore borne", "become": "became", "begin": "began begun",
        "bind": "bound", "break": "broke broken", "bring": "brought", "build": "built", "buy": "bought",
        "catch": "caught", "choose": "chose chosen", "come": "came", "deal": "dealt", "draw": "drew drawn",
        "drive": "drove driven", "fall": "fell fallen", "feed": "fed", "feel": "felt", "fight": "fought",
        "flee": "fled", "fly": "flew flown", "forbid": "forbade forbidden", "forget": "forgot forgotten",
        "freeze": "froze frozen", "get": "got gotten", "give": "gave given", "go": "went gone", "grow": "grew grown",
        "have": "had has", "hear": "heard", "hide": "hid hidden", "hold": "held", "keep": "kept", "know": "knew known",
        "lead": "led", "leave": "left", "lend": "lent", "lose": "lost", "make": "made", "mean": "meant", "meet": "met",
        "overcome": "overcame", "oversee": "oversaw overseen", "overthrow": "overthrew overthrown", "pay": "paid",
        "rise": "rose risen", "run": "ran", "say": "said", "see": "saw seen", "seek": "sought", "sell": "sold",
        "send": "sent", "shoot": "shot", "show": "shown", "shrink": "shrank shrunk", "sink": "sank sunk", "sit": "sat",
        "speak": "spoke spoken", "spend": "spent", "stand": "stood", "steal": "stole stolen", "strike": "struck",
        "swear": "swore sworn", "take": "took taken", "teach": "taught", "tell": "told", "think": "thought",
        "throw": "threw thrown", "undergo": "underwent undergone", "undertake": "undertook undertaken",
        "uphold": "upheld", "win": "won", "withdraw": "withdrew withdrawn", "withhold": "withheld",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}  # fmt: skip


def mended(word: str, lemma: str, tag: str, known: Container[str]) -> str:
    """Return `lemma`, or the right one where that of a verb or a plural noun cannot be right.

    Args:
        word: as it stands in the text.
        tag: Penn Treebank tag; only VBD, VBN, VBG, VBZ and NNS are judged.
        known: lower-case words of the language.
    """
    text = word.lower()
    if tag not in {"VBD", "VBN", "VBG", "VBZ", "NNS"} or not text.isalpha():
        return lemma
    if tag != "NNS" and text in _IRREGULAR:
        return _IRREGULAR[text]
    same = lemma.lower() == text
    if len(text) < 4 or (same and tag in {"VBG", "VBZ", "NNS"}) or text in {"does", "goes", "being", "doing", "going"}:
        return lemma
    doubled = lemma + lemma[-1:]  # "added" is of "add", not of "ad"
    if not same and lemma in known and text in _forms(lemma) and not (text.startswith(doubled) and doubled in known):
        return lemma
    stems = _stems(text, tag)
    if not stems or (lemma in known and not text.startswith(lemma[: max(2, len(lemma) - 2)])):
        return lemma  # not a regular form
    return next((stem for stem in stems if stem in known), lemma if same else stems[-1])


def _forms(lemma: str) -> set[str]:
    forms = {lemma + ending for ending in ("s", "es", "d", "ed", "ing")}
    forms |= {lemma + lemma[-1:] + ending for ending in ("ed", "ing")}
    if lemma.endswith("e"):
        forms.add(lemma[:-1] + "ing")
    if lemma.endswith("y"):
        forms |= {lemma[:-1] + "ies", lemma[:-1] + "ied"}
    return forms


def _stems(text: str, tag: str) -> list[str]:
    """Return the lemmas that a regular form may have; the last is the one for words that nobody knows."""
    if tag in {"VBZ", "NNS"}:
        if text.endswith("ies") and len(text) > 4:
            return [text[:-1], text[:-3] + "y"]
        if text.endswith(("sses", "shes", "ches", "xes", "zes")):
            return [text[:-1], text[:-2]]
        return [text[:-1]] if text.endswith("s") and not text.endswith("ss") else []
    if text.endswith("ied") and len(text) > 4:
        return [text[:-1], text[:-3] + "y"]
    stem = text.removesuffix("ing" if tag == "VBG" else "ed")
    if stem == text or len(stem) < 2 or not any(vowel in stem for vowel in _VOWELS):
        return []
    if stem[-1] == stem[-2] and stem[-1] not in "lszf":
        return [stem, stem[:-1]]
    return [stem, stem + "e"] if stem.endswith(_FINAL_E) else [stem + "e", stem]
