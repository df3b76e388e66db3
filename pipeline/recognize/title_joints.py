"""Where one instrument was read in pieces: names that end a title before them, and acronyms that stand for one.

"Agreement on Wheels, their Axles and Parts for Waggons" is one title, whatever the model takes "Parts for Waggons" for.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.names import SMALL_WORDS, compare_name
from pipeline.recognize.agreement_rules import Rules
from pipeline.recognize.formal_titles import FINITE
from pipeline.recognize.title_tokens import Candidate

if TYPE_CHECKING:
    from spacy.tokens import Doc

_ONWARD = re.compile(r"\b(?:of|on|for|to|with|concerning|regarding|respecting|their|its|certain|all)\b")
_APART = re.compile(
    r"[:;!?—\d]|\.\s|['’]s\b|\b(?:under|through|within|via|such|like|including|especially|than|while|that|who|where|when"
    r"|but|is|are|was|were|has|have|had|(?:known|referred to) as)\b"
)
_AMENDING = re.compile(
    r"(?:(?:Additional|Supplement(?:ary|al)|Optional|Further|[A-Z][a-z]+(?:st|nd|rd|th)) )*(?:Protocols?|Amendments?)\b"
)
_YEAR = re.compile(r", ((?:18|19|20)\d\d)\b(?! (?:and|or|to) \d|[-–/]\d)(?: \(No\.? ?\d+\))?")
_YEARED = re.compile(r"\b(?:Convention|Protocol|Recommendation|Agreement|Treaty|Regulations|Declaration)$")
_SIGNED_AT = re.compile(r"\b(?:signed|done|concluded|opened for signature) (?:at|in) $", re.IGNORECASE)


def whole_titles(text: str, doc: Doc | None, items: Sequence[Candidate], rules: Rules) -> Iterator[Candidate]:
    """Yield the candidates, with those that the model reads in the middle of a title as its end.

    "Agreement on Wheels, their Axles and Parts for Waggons": a name without a head noun, to which the words after a
    title lead, belongs to the title.
    """
    waiting: Candidate | None = None
    for item in items:
        if waiting is not None and _amends(text, waiting, item):
            waiting = replace(waiting, end=item.end)
            continue
        if item.detector == "model" and _SIGNED_AT.search(text, 0, item.start):
            continue
        headless = item.detector == "model" and not has_noun(text[item.start : item.end], rules)
        if headless and waiting is not None and waiting.kind != "provision":
            if _in_brackets(text, waiting.start, waiting.end, item):
                continue
            if _carries_on(text, waiting.end, item, doc):
                waiting = replace(waiting, end=item.end)
                continue
        if waiting is not None:
            yield waiting
        waiting = item
    if waiting is not None:
        yield waiting


def _amends(text: str, title: Candidate, item: Candidate) -> bool:
    """Tell whether a title without a name of its own ("Fourth Protocol of Notes") is of the instrument after it."""
    bare = _AMENDING.match(text[title.start : title.end]) is not None
    return bare and item.detector != "model" and text[title.end : item.start] == " to the "


def _in_brackets(text: str, start: int, end: int, item: Candidate) -> bool:
    """Tell whether a candidate stands alone in brackets after a title and does not abbreviate it."""
    alone = text[end : item.start].strip() == "(" and text[item.end : item.end + 1] == ")"
    name = text[item.start : item.end]
    return alone and (sum(map(str.isupper, name)) < 2 or " " in name or not stands_for(name, text[start:end]))


def _carries_on(text: str, end: int, item: Candidate, doc: Doc | None) -> bool:
    """Tell whether the words from the end of a title to a candidate are still words of the title."""
    gap = text[end : item.start]
    if len(gap) > 120 or _ONWARD.search(gap) is None or _APART.search(gap) is not None:
        return False
    return doc is None or not any(word.tag_ in FINITE for word in doc if end <= word.idx < item.start)


def with_year(text: str, item: Candidate, rules: Rules) -> Candidate:
    """Return a name with the year that is part of it: "Ferry Convention, 1930 (No. 29)", "(FC, 1930)".

    Not so where a lexicon has the instrument of another year: "Under the Lisbon Treaty, 2009 brought change".
    """
    match = _YEAR.match(text, item.end)
    name = text[item.start : item.end]
    if match is None or item.kind == "provision":
        return item
    known = rules.forms.get(compare_name(name))
    if known is not None and not known.may_be_of(match[1]):
        return item
    named = _YEARED.search(name) or text[match.end() : match.end() + 1] == ")"
    return replace(item, end=match.end()) if named else item


def has_noun(text: str, rules: Rules) -> bool:
    return any(word in rules.kinds for word in re.findall(r"[\w’'-]+", text.lower()))


def stands_for(acronym: str, name: str, bodies: Container[str] = ()) -> bool:
    """Tell whether an acronym abbreviates the whole name and not only the body at its end."""
    letters = re.sub(r"[^A-Za-z]", "", acronym).lower()
    if not letters or acronym.isdigit():
        return False
    if any(joint in name.split()[0] for joint in "–—-"):
        name = name.partition(" ")[2] or name
    words = [word for word in re.findall(r"[^\W_]+", name) if word.lower() not in SMALL_WORDS]
    firsts = "".join(word[0] for word in words).lower()
    if not firsts:
        return False
    if len(firsts) > len(letters) and firsts.endswith(letters) and not firsts.startswith(letters[:1] * 2):
        return letters[0] == firsts[0] and len(firsts) - len(letters) <= 1
    return words[-1] not in bodies or letters == firsts  # "Convention on the … Organization (EUTELSAT)"
