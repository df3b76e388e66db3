"""Instruments of an article: named ones from lexicons, titles, acronyms and the model; unnamed ones with a party.

Every source proposes spans; `_choose` keeps the longest, and of equally long ones the first source in `_PRIORITY`.
Acronyms and other names count in the whole article once it has defined them.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.names import SMALL_WORDS, compare_name
from pipeline.recognize.agreement_names import (
    defined_acronym,
    find_laws,
    find_provisions,
    find_titles,
    owner_of,
)
from pipeline.recognize.agreement_phrases import find_phrases
from pipeline.recognize.agreement_rules import Instrument, Rules, load_rules
from pipeline.recognize.title_joints import has_noun, stands_for, whole_titles, with_year
from pipeline.recognize.title_tokens import Candidate, Token, tokens_of
from pipeline.records import AgreementKind, AgreementMention, Unit
from pipeline.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

__all__ = ["Rules", "defined_acronym", "find_agreements", "load_rules"]

DETECTORS = {name: f"recognize.agreements.{name}/{__version__}" for name in ("rules", "lexicon", "model")}
_PROVISION = re.compile(r"(?:Article|Annex|Chapter|Section|Schedule|Appendix|Title) (?:\d|[IVX]+\b)")
_PAIR = r"(?:[A-Z][\w.]*[–—-][A-Z][\w.]*\s)?"  # "EU–Japan" before an acronym
_SUBJECT_OF = re.compile(
    r"\b(?:agreements?|deals?|treat(?:y|ies)|pacts?|accords?) (?:on|for|concerning) (?:[a-z]+ ){0,3}$"
)
_VAGUE = frozenset({"other", "such", "many", "several", "similar", "various", "certain", "numerous", "new", "further"})
_LIKELY = 0.58  # probability from which a name without a head noun is believed; right ones seldom have less
_UNTOLD = 0.8  # probability of a name of a model that gives none
_PRIORITY = ("lexicon", "rules", "model")


def find_agreements(
    units: Sequence[Unit], docs: Sequence[Doc | None], *, rules: Rules, use_lexicon: bool = True
) -> list[AgreementMention]:
    """Return the instruments of one article, sorted by unit and start; no two overlap.

    Args:
        units: the units of the article, in order.
        docs: the analysed texts, aligned with units; None where a unit is not text of the article.
        rules: from `load_rules`.
        use_lexicon: whether the lexicons of instruments are read.
    """
    pairs = [(unit, doc) for unit, doc in zip(units, docs, strict=True) if unit.kind != "residue"]
    lexicon = _Lexicon(rules) if use_lexicon else None
    found: dict[int, list[Candidate]] = {}
    for unit, doc in pairs:
        whole = whole_titles(unit.text, doc, _choose(_named(unit, doc, rules, lexicon)), rules)
        found[unit.ordinal] = [with_year(unit.text, item, rules) for item in whole]
    defined = _definitions(pairs, found, rules.file.words.bodies)
    mentions: list[AgreementMention] = []
    for unit, doc in pairs:
        named = _choose([*found[unit.ordinal], *_taken_up(unit.text, defined)])
        taken = [(item.start, item.end) for item in named]
        phrases = _prefer_model(unit.text, _unnamed(unit.text, doc, rules, taken), rules)
        phrases = [item for item in phrases if _free(item, taken)]
        named = [item for item in named if not _is_generic(unit.text[item.start : item.end], item, rules)]
        mentions += [_mention(unit, item) for item in sorted((*named, *phrases), key=lambda item: item.start)]
    return mentions


def _mention(unit: Unit, item: Candidate) -> AgreementMention:
    text = unit.text[item.start : item.end]
    detector = DETECTORS[item.detector]
    return AgreementMention(
        unit.ordinal, item.start, item.end, text, item.named, item.kind, item.rule_id, detector, item.confidence
    )


def _named(unit: Unit, doc: Doc | None, rules: Rules, lexicon: _Lexicon | None) -> Iterator[Candidate]:
    text = unit.text
    yield from find_provisions(text)
    yield from find_laws(text, rules)
    yield from find_titles(text, rules, heading=unit.kind in {"title", "heading"}, doc=doc)
    if lexicon is not None:
        yield from lexicon.find(text)
    yield from _of_model(doc, rules, named=True)


def _unnamed(text: str, doc: Doc | None, rules: Rules, taken: Sequence[tuple[int, int]]) -> Iterator[Candidate]:
    yield from find_phrases(text, doc, rules, taken)
    yield from _of_model(doc, rules, named=False)


def _of_model(doc: Doc | None, rules: Rules, *, named: bool) -> Iterator[Candidate]:
    if doc is None or "agreements" not in doc.spans:
        return
    for span in doc.spans["agreements"]:
        end = span.end
        while end > span.start + 1 and doc[end - 1].lower_ in SMALL_WORDS:
            end -= 1  # "an agreement on", cut off by the model
        begin = span.start
        if span.label_ == "AGR":  # "Peru's Lima Strategy": the owner stands before the name
            owners = [word.i for word in doc[span.start : end - 1] if word.lower_ in {"'s", "’s"}]
            begin = (
                owners[0] + 1 if owners and owners[0] - span.start <= 3 and _owns(doc[owners[0] - 1].text) else begin
            )
        if span.label_ == "AGU":
            begin = _with_adjectives(doc, begin, end)
        whole = doc[begin:end]
        sure = doc.user_data.get("confidence", {}).get((span.label_, span.start, span.end), _UNTOLD)
        unlikely = named and sure < _LIKELY and not has_noun(whole.text, rules)
        if (
            (span.label_ == "AGR") == named
            and not unlikely
            and not (named and _is_part(doc.text, whole.start_char, whole.end_char, rules))
        ):
            kind, place = kind_of(whole.text, rules), (whole.start_char, whole.end_char)
            yield Candidate(*place, named, kind, "agreements.read_by_model", round(sure, 2), "model")


def _with_adjectives(doc: Doc, begin: int, end: int) -> int:
    """Return where a phrase begins with the lower-case adjectives of its nouns: "interim trade agreement"."""
    while begin > 0 and doc[begin - 1].tag_ == "JJ" and doc[begin - 1].is_lower and doc[begin - 1].dep_ == "amod":
        if not begin <= doc[begin - 1].head.i < end or doc[begin - 1].lower_ in _VAGUE:
            break
        begin -= 1
    return begin


def _owns(word: str) -> bool:
    """Tell whether a possessor is a body or state and not part of a title ("Women's Convention")."""
    return word.lower() not in {"women", "children", "men", "people", "peoples", "seafarers", "workers"}


def kind_of(name: str, rules: Rules) -> AgreementKind:
    """Return the kind that the last head noun before any preposition says; "agreement" without one."""
    if _PROVISION.match(name):
        return "provision"
    words = re.findall(r"[\w’'-]+", name)
    kind: AgreementKind | None = None
    for word in words:
        if word.lower() in SMALL_WORDS and kind is not None:
            break
        kind = rules.kinds.get(word.lower(), kind)
    return kind or "agreement"


def _free(item: Candidate, taken: Sequence[tuple[int, int]]) -> bool:
    return not any(item.start < end and start < item.end for start, end in taken)


def _choose(items: Iterable[Candidate]) -> list[Candidate]:
    """Keep spans that do not overlap: the longer one first, then by declared priority of the source.

    A title that reaches into a known name ("Amendment to the Lima Protocol") reaches to its end.
    """
    kept: list[Candidate] = []
    items = list(items)
    known = [item for item in items if item.detector == "lexicon"]
    items += [
        replace(item, end=other.end)
        for item in items
        for other in known
        if item.detector == "rules" and item.start < other.start < item.end < other.end
    ]
    order = sorted(items, key=lambda item: (item.start - item.end, _PRIORITY.index(item.detector), item.start))
    for item in order:
        if _free(item, [(other.start, other.end) for other in kept]):
            kept.append(item)
    return sorted(kept, key=lambda item: item.start)


def _prefer_model(text: str, items: Iterable[Candidate], rules: Rules) -> list[Candidate]:
    """Where the model and a rule read the same unnamed instrument, the model knows better where it begins and ends.

    Only "status of …" and the like, which it cuts at the "of", are left to the rule.
    """
    found = [item for item in items if has_noun(text[item.start : item.end], rules)]
    whole = [(item.start, item.end) for item in found if item.detector != "model"]
    found = [
        item
        for item in found
        if item.detector != "model"
        or not any(
            start < item.start and end == item.end and " of " in text[start : item.start] for start, end in whole
        )
    ]
    model = [(item.start, item.end) for item in found if item.detector == "model"]
    return _choose(item for item in found if item.detector == "model" or _free(item, model))


def _is_generic(text: str, item: Candidate, rules: Rules) -> bool:
    """A name of nothing but heads ("Memorandum of Understanding", "Treaty") names no instrument."""
    if item.kind == "provision" or item.detector == "lexicon":
        return False
    words = [word for word in re.findall(r"[\w’'-]+", text.lower()) if word not in SMALL_WORDS]
    return all(
        word in rules.kinds or word in {"understanding", "cooperation", "mou"} or len(word) < 2 for word in words
    )


def _is_part(text: str, start: int, end: int, rules: Rules) -> bool:
    """Tell whether a span without a head noun is a party or the subject of an unnamed instrument around it."""
    if has_noun(text[start:end], rules):
        return False
    joined = text[end : end + 1] in {"–", "-"} or text[max(0, start - 1) : start] in {"–", "-"}
    return joined or _SUBJECT_OF.search(text, max(0, start - 60), start) is not None


class _Lexicon:
    """The forms of all instruments by their first word."""

    def __init__(self, rules: Rules) -> None:
        self.bodies = rules.file.words.bodies
        self.by_first: dict[str, list[tuple[tuple[str, ...], Instrument, str]]] = {}
        for instrument in rules.instruments:
            for form in instrument.forms():
                if form in instrument.needs or instrument.body:
                    continue
                words = tuple(compare_name(form).split())
                entry = (words, instrument, form)
                self.by_first.setdefault(words[0], []).append(entry)
        for entries in self.by_first.values():
            entries.sort(key=lambda entry: -len(entry[0]))

    def find(self, text: str) -> Iterator[Candidate]:
        """Yield the longest known form at each word that is written with a capital."""
        words = [(token, compare_name(token.text).split()) for token in tokens_of(text)]
        flat = [(token, part) for token, parts in words for part in parts]
        at = 0
        while at < len(flat):
            token, _ = flat[at]
            match = self._match(flat, at) if token.capital or token.text[0].isdigit() else None
            if match is None:
                at += 1
                continue
            length, instrument = match
            if at + length < len(flat) and owner_of(flat[at + length][0].text) in self.bodies:
                at += 1  # "North Atlantic Treaty Organization" is the body
                continue
            last = flat[at + length - 1][0]
            end = last.end - 2 if last.text[-2:] in {"'s", "’s"} else last.end
            yield Candidate(token.start, end, True, instrument.kind, "agreements.read_lexicon", 0.95, "lexicon")
            at += length

    def _match(self, flat: Sequence[tuple[Token, str]], at: int) -> tuple[int, Instrument] | None:
        for words, instrument, form in self.by_first.get(flat[at][1], ()):
            stretch = flat[at : at + len(words)]
            if tuple(part for _, part in stretch) == words and _written_alike(form, [token for token, _ in stretch]):
                return len(words), instrument
        return None


def _written_alike(form: str, tokens: Sequence[Token]) -> bool:
    """Tell whether the text writes capitals where the form does: "START" is a treaty, "Start" is not."""
    capitals = sum(map(str.isupper, form))
    if " " not in form and capitals >= 2:
        return sum(map(str.isupper, tokens[0].text)) >= 2
    small = sum(
        not token.capital and token.text[0].isalpha() for token in {token.start: token for token in tokens}.values()
    )
    return small <= sum(word[0].islower() for word in form.split())


def _definitions(
    pairs: Sequence[tuple[Unit, Doc | None]], found: dict[int, list[Candidate]], bodies: Container[str]
) -> dict[str, AgreementKind]:
    """Return acronyms that the article defines for a named instrument, with its kind."""
    defined: dict[str, AgreementKind] = {}
    for unit, _ in pairs:
        for item in found[unit.ordinal]:
            match = defined_acronym(unit.text, item.end)
            if (
                match is not None
                and item.kind != "provision"
                and stands_for(match["name"], unit.text[item.start : item.end], bodies)
            ):
                defined.setdefault(match["name"], item.kind)
    return defined


def _taken_up(text: str, defined: dict[str, AgreementKind]) -> Iterator[Candidate]:
    for acronym, kind in defined.items():
        for match in re.finditer(rf"(?<![\w–—-]){_PAIR}{re.escape(acronym)}(?![\w])", text):
            yield replace(Candidate(match.start(), match.end(), True, kind, "agreements.read_defined_acronym", 0.9))
