"""Ranges of two dates: "from A to B", "between A and B", "A–B"; without a year they are placed, habits, or left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.recognize.date_grammar import Grammar
from pipeline.recognize.date_mention import DateMention
from pipeline.recognize.date_modifiers import narrowed
from pipeline.recognize.date_tense import in_aside, tense_at
from pipeline.recognize.date_values import DateValue, from_timex, span_of

_JOIN = re.compile(r"(?: ?[–—] ?|-|/| to | until | till | through | and )(?:the )?")
_FROM = re.compile(r"\b(?P<word>from|between)(?: the)? $", re.IGNORECASE)
_BARE = re.compile(r"(?:\d{4}|XXXX)(?P<part>-(?:\d\d(?:-\d\d)?|SP|SU|FA|WI))")
_NAMES = ("dates.read_month", "dates.read_day_month", "dates.read_month_day", "dates.read_season")


def join_ranges(text: str, mentions: Sequence[DateMention], grammar: Grammar) -> list[DateMention]:
    """Join "from A to B", "between A and B" and "A–B" to one range."""
    joined: list[DateMention] = []
    for mention in mentions:
        range_ = _joined(text, joined[-1], mention, grammar) if joined else None
        if range_ is not None:
            joined[-1] = range_
        else:
            joined.append(mention)
    return joined


def _joined(text: str, first: DateMention, last: DateMention, grammar: Grammar) -> DateMention | None:
    gap = _JOIN.fullmatch(text, first.end, last.start)
    if gap is None or "/" in first.value.timex + last.value.timex:
        return None
    lead = _FROM.search(text, max(0, first.start - 14), first.start)
    word = lead["word"].lower() if lead else None
    if "and" in gap[0] and word != "between":
        return None
    bare = word is not None and _is_bare(first) and _is_bare(last)
    value = _bare_range(text, first, last, grammar) if bare else _placed_range(first, last, word)
    if value is None:
        return None
    start = lead.start() if lead else first.start
    anchor = (first.anchor or last.anchor) if value.placed else None
    return DateMention(first.unit, start, last.end, text[start : last.end], value, "dates.join_range", 0.95, anchor)


def _placed_range(first: DateMention, last: DateMention, word: str | None) -> DateValue | None:
    if not (first.value.placed and last.value.placed):
        return None
    opened, closed = _from_year(first, last), last.value
    if word == "from":
        opened, closed = _in_order(opened, closed, first.anchor, last.anchor)
    whole = span_of(from_timex(opened.timex), from_timex(closed.timex))
    value = replace(whole, earliest=opened.earliest, latest=closed.latest)
    if "circa" in (first.value.modifier, last.value.modifier):
        value = replace(value, modifier="circa")
    backward = opened.earliest and closed.latest and opened.earliest > closed.latest
    return None if backward or not value.placed or value.edtf == first.value.edtf else value


def _is_bare(mention: DateMention) -> bool:
    """Whether it is a month, day or season to which only the context can give a year."""
    given = mention.value.placed and not mention.anchor
    return mention.rule_id in _NAMES and not given and _BARE.fullmatch(mention.value.timex) is not None


def _bare_range(text: str, first: DateMention, last: DateMention, grammar: Grammar) -> DateValue | None:
    """A range without a year is placed where the text tells of it; what is so every year is a set; else unplaced."""
    parts = [_BARE.fullmatch(one.value.timex) for one in (first, last)]
    timex = "/".join(f"XXXX{part['part']}" for part in parts if part)
    tense = tense_at(grammar, text, first.start, last.end)
    if first.value.type == "SET" or last.value.type == "SET" or tense == "present":
        return from_timex(timex, repeated=True)
    anchors = [one.anchor or "" for one in (first, last)]
    told = tense == "past" or all(_beside(text, first.unit, anchor) for anchor in anchors)
    reported = tense == "future" and all(anchor.startswith("published") for anchor in anchors)
    placed = _placed_range(first, last, "from") if told or reported else None
    return placed or from_timex(timex)


def _beside(text: str, unit: int, anchor: str) -> bool:
    """Whether an anchor is a date of the same sentence, not one said in passing."""
    known = re.search(rf"@{unit}:(\d+)-", anchor)
    return known is not None and not in_aside(text, int(known[1]))


def _in_order(
    first: DateValue, last: DateValue, first_anchor: str | None, last_anchor: str | None
) -> tuple[DateValue, DateValue]:
    """In "from November to March" the ends lie in two years: the later one where the text stands, or begins."""
    fine = {first.precision, last.precision} <= {"month", "day"} and last_anchor
    if not fine or first.earliest is None or last.latest is None or first.earliest <= last.latest:
        return first, last
    if first_anchor is None:  # "from November 2010 to March"
        return first, _of_year(last, first.earliest.year + 1)
    known = re.search(r"=\d{4}-(\d\d)", first_anchor)
    if first.earliest.month <= last.latest.month:  # both in one year
        return _of_year(first, last.latest.year), last
    if known is not None and int(known[1]) <= first.earliest.month:
        return _of_year(first, last.latest.year - 1), last
    return first, _of_year(last, first.earliest.year + 1)


def _of_year(value: DateValue, year: int) -> DateValue:
    """The same day or month of another year."""
    return narrowed(from_timex(f"{year:04d}{value.timex[4:]}", modifier=value.modifier), "")


def _from_year(first: DateMention, last: DateMention) -> DateValue:
    """In "from March to June 2011" the first month has the year of the last."""
    if (
        first.value.precision in ("month", "day")
        and first.anchor
        and last.anchor is None
        and last.value.timex[:4].isdigit()
    ):
        return _of_year(first.value, int(last.value.timex[:4]))
    return first.value
