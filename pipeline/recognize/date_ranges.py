"""Ranges of two dates: "from A to B", "between A and B", "A–B"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.recognize.date_mention import DateMention
from pipeline.recognize.date_values import DateValue, from_timex, span_of

_JOIN = re.compile(r"(?: ?[–—] ?|-|/| to | until | till | through | and )(?:the )?")
_FROM = re.compile(r"\b(?P<word>from|between)(?: the)? $", re.IGNORECASE)


def join_ranges(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Join "from A to B", "between A and B" and "A–B" to one range."""
    joined: list[DateMention] = []
    for mention in mentions:
        range_ = _joined(text, joined[-1], mention) if joined else None
        if range_ is not None:
            joined[-1] = range_
        else:
            joined.append(mention)
    return joined


def _joined(text: str, first: DateMention, last: DateMention) -> DateMention | None:
    gap = _JOIN.fullmatch(text, first.end, last.start)
    if gap is None or not (first.value.placed and last.value.placed) or "/" in first.value.timex + last.value.timex:
        return None
    lead = _FROM.search(text, max(0, first.start - 14), first.start)
    word = lead["word"].lower() if lead else None
    if "and" in gap[0] and word != "between":
        return None
    opened, closed = _from_year(first, last), last.value
    if word == "from":
        opened, closed = _in_order(opened, closed, first.anchor, last.anchor)
    value = span_of(opened, closed)
    if "circa" in (first.value.modifier, last.value.modifier):
        value = replace(value, modifier="circa")
    if not value.placed or value.edtf == first.value.edtf:
        return None
    start = lead.start() if lead else first.start
    anchor = first.anchor or last.anchor
    return DateMention(first.unit, start, last.end, text[start : last.end], value, "dates.join_range", 0.95, anchor)


def _in_order(
    first: DateValue, last: DateValue, first_anchor: str | None, last_anchor: str | None
) -> tuple[DateValue, DateValue]:
    """In "from November to March" the ends lie in two years: the later one where the text stands, or begins."""
    bare = {first.precision, last.precision} <= {"month", "day"} and first_anchor and last_anchor
    if not bare or first.earliest is None or last.latest is None or first.earliest <= last.latest:
        return first, last
    known = re.search(r"=\d{4}-(\d\d)", first_anchor or "")
    if first.earliest.month <= last.latest.month:  # both in one year
        return from_timex(last.timex[:4] + first.timex[4:]), last
    if known is not None and int(known[1]) <= first.earliest.month:
        return from_timex(f"{last.latest.year - 1:04d}{first.timex[4:]}"), last
    return first, from_timex(f"{first.earliest.year + 1:04d}{last.timex[4:]}")


def _from_year(first: DateMention, last: DateMention) -> DateValue:
    """In "from March to June 2011" the first month has the year of the last."""
    if (
        first.value.precision in ("month", "day")
        and first.anchor
        and last.anchor is None
        and last.value.timex[:4].isdigit()
    ):
        return from_timex(last.value.timex[:4] + first.value.timex[4:])
    return first.value
