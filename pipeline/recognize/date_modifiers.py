"""Words beside a date that say which part of it is meant ("late 1990s"), how sure it is, or on which side of it.

A date has one modifier: "early to mid-1990s" is early, as the first half is; "mid to late" is late.
"""

from __future__ import annotations

import re

from pipeline.recognize.date_values import DateValue
from pipeline.records import Modifier

_MODIFIER = re.compile(
    r"\b(?:(?P<early>early(?:[- ]{1,2}(?:to|or|and)[- ]mid(?:dle)?)?(?: in| on in)?"
    r"|(?:the )?(?:(?:very )?(?:beginning|start|outset|turn)"
    r"|(?:first|early|opening) (?:half|part|years|months|weeks|days|decades|third)) of)"
    r"|(?P<mid>mid|(?:the )?middle of)"
    r"|(?P<late>(?:mid(?:dle)?[- ]{1,2}(?:to|or|and)[- ])?lat(?:e|er|ter)(?: in)?|(?:the )?(?:(?:very )?(?:end|close)"
    r"|(?:second|latter|last|final|later|closing|dying)"
    r" (?:half|part|years|months|weeks|days|decades|quarter|third)) of)"
    r"|(?P<circa>circa|c\.|ca\.?|around|about|approximately|roughly|some))(?: the)?[ -]$|(?P<sign>~|\bca?\.)$",
    re.IGNORECASE,
)
_MODIFIERS: tuple[Modifier, ...] = ("early", "mid", "late", "circa")
_PARTS: dict[str, Modifier] = {
    "beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late", "later": "late",
    "earlier": "early",
}  # fmt: skip
_BOUND = re.compile(
    r"\b(?:(?P<before>not after|no later than|on or before|before|by|until|till|up to|prior to)"
    r"|(?P<after>not before|no earlier than|on or after|after|since|from and after|following))(?: at least)?(?: the)? $"
    r"|\b(?:(?P<pre>pre)|post)[-–]$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r" (?:onwards?|and after|or later|and later|at the earliest)\b| on(?=[,.;)]|$)"
    r"|(?P<before> (?:(?:or|and) (?:earlier|before)\b(?! the)|at the latest\b))",
    re.IGNORECASE,
)


def modifier_before(text: str, start: int, end: int, value: DateValue, rule_id: str) -> tuple[Modifier | None, int]:
    """The modifier of a value, and where the expression begins with the words that say it."""
    modifier: Modifier | None = None
    if rule_id in _OF_UNITS:
        modifier = _PARTS.get(text[start:end].split()[0].lower())
    if value.type not in ("DATE", "DURATION") or modifier is not None:
        return modifier, start
    found = _MODIFIER.search(text, max(0, start - 36), start)
    if found is None or (found["circa"] and rule_id == "dates.read_which_unit"):
        return None, start
    if value.type == "DURATION" and not (found["circa"] and value.timex[1:2].isdigit()):
        return None, start
    return next((name for name in _MODIFIERS if found[name]), "circa"), found.start()


_OF_UNITS = ("dates.read_part_of_this_unit", "dates.read_which_unit")  # "later this year", "the end of the month"


def open_end(text: str, start: int, end: int) -> Modifier | None:
    """Which side of a date is meant: "since 1991", "post-1991", "1991 onwards"; None for the date itself."""
    bound = _BOUND.search(text, max(0, start - 16), start) or _ONWARDS.match(text, end)
    if bound is None:
        return None
    sides = bound.groupdict()
    return "before" if sides.get("before") or sides.get("pre") else "after"
