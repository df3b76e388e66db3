"""Where sentences end: one pass over candidate stops, decided by what stands left and right of each.

A stop ends a sentence unless it belongs to an abbreviation, an initial, a decimal, a URL or an ellipsis that goes on in
lower case. Closing quotes, brackets and citation marks after it go with it. Works on text in which a line break is a
blank.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import srsly
from pydantic import BaseModel, ConfigDict

_FILE = Path(__file__).parent / "rules" / "lexicons" / "abbreviations.yml"
# A stop, what closes after it (quotes, brackets, citation marks), and a blank.
_STOP = re.compile(
    r"""(?:[.]{1,10}|[!?…。]{1,10}[.!?]{0,5})["'”’»)\]]{0,4}(?:\[[\w, –-]{1,12}\]|\(\d{1,3}\)){0,6}["'”’»)\]]{0,2}(?:[¹²³⁰⁴-⁹]{1,4}|(?<=[a-z]{3}[.])\d{1,3}(?:[,–]\d{1,3}){0,3})?(?=\s|$)"""  # noqa: E501
)
_OPENING = "\"'“‘«([{¿¡*_"
_WORD_LEFT = re.compile(r"[^\s(\[\"“‘'—–/]{1,24}\Z")
_INITIAL = re.compile(r"[A-Z](?:[.-][A-Z]){0,3}\Z")
_LABEL = re.compile(  # what stands before a letter that is a label: "areas A, B and C", "Annex B"
    r"\b(?:[A-Z],? (?:and|or|to)|[A-Z],|(?:[Aa]rea|[Aa]nnex|[Aa]rticle|[Pp]art|[Gg]roup|[Cc]ategor(?:y|ies)|[Cc]lass|"
    r"[Tt]ype|[Ss]ection|[Ss]chedule|[Oo]ption|[Pp]lan|[Zz]one|[Aa]ppendix|[Pp]hase|[Vv]itamin)(?:e?s)?) \Z"
)
_WORD_RIGHT = re.compile(r"[\w’'-]{1,30}")


_ROMAN = re.compile(r"(?:[IVXLC]{2,6}|[VX])\b")  # a lone "I" is a pronoun
_CAPTION = re.compile(r"\s?(?:Table|Figure|Chart|Map|Graph|Box|Exhibit|Image|Photo) \d{1,3}")  # "Figure 2. The ports"


class Abbreviations(BaseModel):
    """The lexicon of abbreviations; its fields are explained in the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    never: frozenset[str]
    before_digit: frozenset[str]
    maybe: frozenset[str]
    starters: frozenset[str]


class Span(NamedTuple):
    """Half-open characters of a text."""

    start: int
    end: int


@cache
def abbreviations() -> Abbreviations:
    """Read the lexicon once."""
    return Abbreviations.model_validate(srsly.read_yaml(_FILE))


def split(text: str) -> list[Span]:
    """Return the sentences of `text`, without the blanks between them."""
    spans: list[Span] = []
    start = 0
    for match in _STOP.finditer(text):
        if match.end() < len(text) and _ends_here(text, match) and not _CAPTION.fullmatch(text, start, match.start()):
            _add(spans, text, start, match.end())
            start = match.end()
    _add(spans, text, start, len(text))
    return spans


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append(Span(start, end))


def _ends_here(text: str, stop: re.Match[str]) -> bool:
    following = text[stop.end() : stop.end() + 60].lstrip()
    first = following.lstrip(_OPENING)[:1]
    mark = stop[0]
    if not first:
        return bool(following)
    if first.islower() and not following.lstrip(_OPENING)[1:2].isupper():  # "iPhone" begins a sentence
        return False
    if mark[0] in "!?。":
        return True
    if mark[0] == "…" or mark.startswith(".."):
        return first.isupper() or first.isdigit()
    return (len(mark) > 1 and mark[1] not in "'’") or not _is_abbreviation(text, stop.start(), following, first)


def _is_abbreviation(text: str, at: int, following: str, first: str) -> bool:
    found = _WORD_LEFT.search(text, max(0, at - 24), at)
    if found is None:
        return False
    word, known = found[0], abbreviations()
    last = word.rpartition("-")[2]
    word = last if "." in last and last in known.maybe else word  # "the Norland-U.S. Partnership"
    if word in known.before_digit and (first.isdigit() or _ROMAN.match(following.lstrip(_OPENING))):
        return True
    if word in known.never:
        return True
    if word in known.maybe or (_INITIAL.match(word) and "." in word):
        right = _WORD_RIGHT.match(following.lstrip(_OPENING))
        return right is None or right[0] not in known.starters
    return bool(_INITIAL.match(word)) and first.isupper() and _is_initial(text, found.start(), following)


def _is_initial(text: str, at: int, following: str) -> bool:
    """Tell "George W. Bush" from "Vitamin C. The …" and "Article X. It …": an initial is followed by a name."""
    right = _WORD_RIGHT.match(following)
    if right is None or right[0] in abbreviations().starters:
        return False
    return _LABEL.search(text, max(0, at - 30), at) is None
