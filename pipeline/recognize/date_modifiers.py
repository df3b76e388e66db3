"""Words beside a date that say which part of it is meant ("late 1990s"), how sure it is, or on which side of it.

A date has one modifier: "early to mid-1990s" is early, as the first half is; "mid to late" is late. The bounds of what
is early are those of the first half of its period, of what is late those of the second half, of mid those of the middle
half; "early to mid" leaves out the last quarter only. A period of a year or more is cut by whole months, a shorter one
by days. The other modifiers leave the bounds.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from pipeline.recognize.date_grammar import Grammar
from pipeline.recognize.date_values import DateValue, add_months, month_end
from pipeline.records import Modifier

_NAMES: tuple[Modifier, ...] = ("early", "mid", "late", "circa", "before", "after")
_OF_UNITS = ("dates.read_part_of_this_unit", "dates.read_which_unit")  # "later this year", "the end of the month"
_MID = re.compile(r"\bmid", re.IGNORECASE)
_INSIDE, _BOUND = 36, 24  # characters before a date in which its modifier is looked for
_YEAR = 12  # months from which a period is cut by months, not days


def modifier_before(
    text: str, start: int, end: int, value: DateValue, rule_id: str, grammar: Grammar
) -> tuple[Modifier | None, int]:
    """The modifier of a value, and where the expression begins with the words that say it."""
    modifier: Modifier | None = None
    if rule_id in _OF_UNITS:
        part = grammar.meaning("part_of_unit", text[start:end].split()[0])
        modifier = None if part is None else _named({part: part})
    if value.type not in ("DATE", "DURATION") or modifier is not None:
        return modifier, start
    inside, touching = grammar.modifiers["inside"], grammar.modifiers["touching"]
    begin = max(0, start - _INSIDE)
    found = inside.search(text, begin, start) or touching.search(text, begin, start)
    if found is None:
        return None, start
    modifier = _named(found.groupdict())
    if modifier == "circa" and rule_id == "dates.read_which_unit":
        return None, start
    if value.type == "DURATION" and not (modifier == "circa" and value.timex[1:2].isdigit()):
        return None, start
    return modifier, found.start()


def open_end(text: str, start: int, end: int, grammar: Grammar) -> Modifier | None:
    """Which side of a date is meant: "since 1991", "post-1991", "1991 onwards"; None for the date itself."""
    begin, known = max(0, start - _BOUND), grammar.modifiers
    found = (
        known["before"].search(text, begin, start)
        or known["hyphened"].search(text, begin, start)
        or known["after"].match(text, end)
    )
    return None if found is None else _named(found.groupdict())


def _named(groups: dict[str, str | None]) -> Modifier | None:
    return next((name for name in _NAMES if groups.get(name) is not None), None)


def narrowed(value: DateValue, words: str) -> DateValue:
    """The value of an expression of these words with the bounds of the part that its modifier names.

    "Later that year" is after a date of that year, in whatever half.
    """
    first, last = value.earliest, value.latest
    if first is None or last is None or value.modifier not in ("early", "mid", "late"):
        return value
    if words.lower().startswith(("later", "earlier")):
        return value
    early, late = value.modifier != "late", value.modifier != "early"
    share = 4 if _MID.search(words) else 2  # of the period, cut away where the part does not reach
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months >= _YEAR:
        start = first if not late else date(*add_months(first.year, first.month, months // share), 1)
        end = last if not early else month_end(*add_months(last.year, last.month, -(months // share)))
    else:
        cut = timedelta((last - first).days // share)
        start, end = (first if not late else first + cut), (last if not early else last - cut)
    return replace(value, earliest=start, latest=end)
