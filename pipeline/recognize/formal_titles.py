"""Where a diplomatic title ends: "Exchange of Notes between the Government of … and … concerning …".

Such a title has a head without a name of its own and runs on, over commas, lower-case words and other instruments that
it amends, until the sentence takes over: at its verb, at the subject of a clause behind a comma, at "which", or at the
words that say when and where it was signed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from pipeline.recognize.title_tokens import Token

if TYPE_CHECKING:
    from spacy.tokens import Doc

_MONTHS = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = rf"(?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)? {_MONTHS}|{_MONTHS}(?: \d{{1,2}}(?:st|nd|rd|th)?)?),? ?\d{{4}}"
_INSTRUMENT = r"(?:\d{4} )?(?:[A-Z][\w-]+ ){0,2}(?:Convention|Agreement|Treaty|Protocol)"
# A head with a name of its own has a diplomatic title all the same where its governments stand behind it.
_GOVERNMENTS = re.compile(r"between (?:[\w']+ ){0,4}(?:Governments?|Majesty)\b")
# Where the sentence takes over, as far as words alone tell.
_SENTENCE = re.compile(
    r",? (?:was|were|is|are|has|have|had|will|would|shall|might|can|could|remains?|enter(?:s|ed) into|came into"
    r"|took effect|takes effect|allow(?:s|ed)?|requires?|required|obliges?|obliged|provides|bans|banned"
    rf"|after|until(?! {_DAY},? (?:the|of) )|before|as (?:an?|the|one|part|well)"
    r"|(?:better |also |commonly |widely )?(?:known|called|dubbed)|which|who|that|while|because|when|did|does"
    r"|and its|since|opened for|in force"
    r"|(?:signed|concluded|adopted|approved|reached) (?:in|on|by|between))\b"
    r"|, an? [a-z]|[;:](?!\d)|\.(?=\s+[A-Z][a-z]|\s*$)| [—–] "
    r"| \([A-Z]{2,}\)(?! (?:concerning|relating|regarding|and of|of|on|for|to|between|- to)\b)"
)
# Where and when, behind the title; the date of a title stands after "of".
_WHEN = re.compile(
    rf"(?:,?(?: only| first| again| finally| formally| early| late)? (?:in|on|at|by|since|during) "
    rf"(?:(?:early|mid|late)[- ])?(?:{_DAY}|\d{{4}}s?|the \d{{4}}s)|, \d{{4}}|,? last \w+)$"
)
_WHERE = re.compile(r" (?:in|at|on) [A-Z][\w-]+(?: [A-Z][\w-]+)?$")
_FRONTED = re.compile(
    r"(?:Under|In|With|By|Through|Since|Despite|Unlike|Like|Within|Following|After|Before|For|From|On|Alongside|Besides)"
    r"(?: [a-z]+)? $"
)
_NOUNS = (
    r"(?:[Nn]otes|[Ll]etters|Understanding|Agreement|Intent(?:ion)?|Co-?operation|Friendship|Commerce|Peace|Amity"
    r"|Alliance|Navigation|Establishment|Annexes|Memorand(?:um|a)|Declarations?|Exchanges?|Protocols?)"
)
_OWN = re.compile(
    rf"(?: of {_NOUNS}(?:,? (?:and )?(?:of )?{_NOUNS})*)?(?: No\.? ?\d+)?(?:, \d{{4}},?| \d{{4}})?"
    r"(?: \([^()]{1,60}\))?,?"
)
_FIRST = (
    r"(?:Agreement|Treaty|Convention|Protocol|Declaration|Exchanges? of (?:Notes|Letters)|Final Act|Notes"
    r"|Memorandum(?: of \w+)?)"
)
_JOINT = re.compile(
    rf"(?:^|(?<=\b[Tt]he ))(?P<title>(?:{_FIRST}(?: \([^()]{{1,60}}\))?(?:, | and | or )(?:two |three )?)+)$"
    rf"|(?:^|(?<=\b[Tt]he ))(?P<own>(?:[A-Z][\w-]+ ){{1,4}}Agreement(?:, [A-Z]\w+)? and )$"
)
_LETTERS = re.compile(r"Exchanges? of (?:Notes|Letters) between\b")
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


@lru_cache(maxsize=4)
def _formal(doing: frozenset[str]) -> re.Pattern[str]:
    """What a diplomatic title goes on with: whose it is, what it is about, what it does."""
    does = "|".join(f"[{verb[0].upper()}{verb[0]}]{verb[1:]}" for verb in sorted(doing))
    return re.compile(
        rf"(?:[Bb]etween|(?:further |provisionally |partially )?(?:{does})|[Rr]el(?:ating|ative) to|referring to|about"
        r"|explanatory of|in respect of|as to|in regard to|[Ww]ith (?:respect|regard|reference) to"
        r"|supplement(?:ary|al) to|additional to|arising|in the form of|in conne(?:x|ct)ion with|drawn up|leading to"
        r"|by (?:the )?(?:[\w']+ ){0,4}Governments?\b|[Ww]ith the (?:Governments?|Republic|Kingdom)\b"
        r"|\(?(?:together )?with (?:an? |the )?(?:Final |Financial )?(?:Protocols?|Exchanges?|Annex(?:es)?|Declaration)"
        rf"|to (?:the )?(?:{_INSTRUMENT}|Prolong|Amend|Modify|Extend|Provide)\b|to [Aa]rticles?\b"
        r"|to (?:amend|extend|modify|establish|provide|prolong|regulate)\b"
        r"|for (?:the )?(?:further |mutual |reciprocal )?[a-z]+(?:ing|ion|ment|er) (?:of|to)\b"
        rf"|of (?:{_DAY}|\d{{4}}),? ?(?:between|{does}|relati|for |additional|to |on ))"
    )


def is_formal(text: str, start: int, *, bare: bool, doing: frozenset[str]) -> bool:
    """Tell whether what stands at `start` carries a diplomatic title on.

    Args:
        bare: whether its head has no name of its own.
        doing: what instruments do, from the rules.
    """
    return (_formal(doing) if bare else _GOVERNMENTS).match(text, start) is not None


def own_end(text: str, end: int) -> int:
    """Return where the words of a head end: "Exchange of Notes", "Loan Agreement No. 3 (with Annex)"."""
    match = _OWN.match(text, end)
    return match.end() if match else end


def joint_start(text: str, start: int) -> int:
    """Return where the first of several instruments with one title begins: "Treaty and Convention between …"."""
    match = _JOINT.search(text, 0, start)
    if match is None or (match["own"] and not _LETTERS.match(text, start)):
        return start
    return match.start()


def formal_end(text: str, tokens: Sequence[Token], first: int, at: int, doc: Doc | None) -> int:
    """Return the index after the last token of a title that begins at `first` and goes on over the token `at`."""
    stop = _SENTENCE.search(text, tokens[at].end)
    end = len(text) if stop is None else stop.start()
    if doc is not None and doc.has_annotation("DEP"):
        end = min([end, *_clauses(doc, tokens[at].start)])
    if end >= len(text.rstrip()) - 1 and _FRONTED.match(text[: tokens[first].start]):
        end = max(text.rfind(", ", tokens[at].end), tokens[at].end)  # the clause that must follow has no verb we see
    while end > tokens[at].end and (when := _WHEN.search(text, tokens[at].end, end)) is not None:
        end = when.start()
        place = _WHERE.search(text, tokens[at].end, end)
        end = place.start() if place else end
    last = at
    for step in range(at, len(tokens)):
        token = tokens[step]
        if token.end > end:
            break
        if token.text[0].isalnum() or (token.text == ")" and text.count("(", tokens[at].start, token.end)):
            last = step + 1
    return last


def _clauses(doc: Doc, start: int) -> Iterator[int]:
    """Yield where clauses of the sentence go on behind `start`: at a finite verb, or at the subject before it."""
    for word in doc:
        if word.idx < start or word.tag_ not in FINITE or not word.text[0].islower() or word.text.endswith("ing"):
            continue
        verb = word.head if word.dep_.startswith(("aux", "cop")) else word
        if verb.dep_.startswith("acl"):
            continue
        subjects = [child.left_edge.idx for child in verb.children if child.dep_.startswith(("nsubj", "csubj"))]
        yield min([word.idx, *(begin for begin in subjects if begin > start and _comma(doc, begin))])


def _comma(doc: Doc, start: int) -> bool:
    return doc.text[:start].rstrip().endswith(",")
