"""How the groups of a rule for days, weeks and months become a TIMEX3 value."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from pipeline.recognize.date_context import (
    Context,
    Groups,
    Value,
    day_number,
    day_of,
    first_of,
    in_a_name,
    month_is_verb,
    month_number,
    near_year,
    year_in,
)
from pipeline.recognize.date_feasts import feast_day, nth_weekday
from pipeline.recognize.date_figures import full_year, is_number
from pipeline.recognize.date_values import month_end, valid_day

_ATTACKS = date(2001, 9, 11)

_SEPTEMBER, _SEASON = 9, 3  # months around it in which a narration or a report has a September 11 of its own


def _is_the_eleventh(c: Context) -> bool:
    """Whether a bare September 11 is that of 2001: not before it, nor where the text is at that time of year."""
    if c.published is not None and c.published < _ATTACKS:
        return False
    known = re.match(r"\d{4}-(\d\d)", c.story or "") if c.narrative or c.records else None
    month = int(known[1]) if known else None if c.narrative or c.published is None else c.published.month
    return month is None or abs(month - _SEPTEMBER) > _SEASON


def day_in(groups: Groups, c: Context) -> str | None:
    month, day, year = month_number(groups, c), day_number(groups, c), year_in(groups)
    if month is None or day is None or not 1 <= day <= 31 or c.beside("addressed"):
        return None
    if (first_of(groups, "month", "month2") or "x") in ("may", "march", "mar"):
        return None
    if year is None:
        if (first_of(groups, "month", "month2") or "x")[0].islower():
            return None
        if (month, day) == (9, 11) and _is_the_eleventh(c):
            return "2001-09-11"
        year = near_year(c, month, day)
    if year is None:
        return f"XXXX-{month:02d}-{day:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _month(groups: Groups, c: Context) -> str | None:
    month, year = month_number(groups, c), year_in(groups)
    if month is None or (year is None and (month_is_verb(groups, c) or in_a_name(c))):
        return None
    if year is None:
        if c.story and c.story.startswith("BC") and c.narrative:
            c.anchor = c.story_anchor
            return f"{c.story[:6]}-{month:02d}"
        year = near_year(c, month)
    elif (first_of(groups, "month") or "x")[0].islower():
        return None
    return f"{year:04d}-{month:02d}" if year is not None else f"XXXX-{month:02d}"


def _iso_day(groups: Groups, c: Context) -> str | None:
    year, month, day = int(groups["year"] or 0), int(groups["mm"] or 0), int(groups["dd"] or 0)
    return f"{year:04d}-{month:02d}-{day:02d}{groups['clock'] or ''}" if valid_day(year, month, day) else None


_MONTHS = 12


def _in_figures(groups: Groups, year: int, day_first: bool | None) -> str | None:
    """A day in figures, when only one order is possible or the article's order is known."""
    a, b = (int(re.sub(r"\D", "", groups[name] or "0")) for name in "ab")
    if max(a, b) <= _MONTHS and a != b and day_first is None:
        return None
    day, month = (a, b) if a > _MONTHS or (b <= _MONTHS and day_first) else (b, a)
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _slash_day(groups: Groups, c: Context) -> str | None:
    day_first = True if groups["sep"] == "." else c.day_first  # no country writes the month before a full stop
    return None if is_number(c) else _in_figures(groups, int(groups["year"] or 0), day_first)


def _short_slash_day(groups: Groups, c: Context) -> str | None:
    short = int(groups["short"] or 0)
    return _in_figures(groups, full_year(short), None)


def _figures(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "0"))


def _day_range(groups: Groups, c: Context) -> str | None:
    month, first, last = month_number(groups, c), _figures(groups["from"]), _figures(groups["to"])
    if month is None or (first_of(groups, "month", "month2") or "x")[0].islower() or first >= last:
        return None
    listed = [first, *map(int, re.findall(r"\d+", groups.get("listed") or "")), last]
    between = re.search(r"\bbetween (?:the )?$", c.before, re.I)
    if "and" in (groups["gap"] or "") and not between and listed != list(range(first, last + 1)):
        return None  # single days
    year = year_in(groups) or near_year(c, month, first)
    if year is None:
        return f"XXXX-{month:02d}-{first:02d}/XXXX-{month:02d}-{last:02d}"
    if not valid_day(year, month, last):
        return None
    return f"{year:04d}-{month:02d}-{first:02d}/{year:04d}-{month:02d}-{last:02d}"


def _further_day(groups: Groups, c: Context) -> str | None:
    """A later day, or days, of a list that named its month at its head: "July 4 and 8, 2001"."""
    listed = c.around("month_of_list")
    month = c.word("month", listed["month"]) if listed else None
    year, first, last = year_in(groups), _figures(groups["from"]), _figures(groups["to"] or groups["from"])
    if month is None or year is None or first > last or not valid_day(year, int(month), last):
        return None
    days = [f"{year:04d}-{int(month):02d}-{day:02d}" for day in (first, last)]
    return "/".join(days) if first < last else days[0]


def _first_or_last_day(groups: Groups, c: Context) -> str | None:
    year, month = int(groups["year"] or 0), month_number(groups, c)
    if re.match(r" [a-z]+s\b", c.after):
        return None
    if groups["first"]:
        return f"{year:04d}-{month or 1:02d}-01"
    return month_end(year, month or _MONTHS).isoformat()


_WEEKS = 5  # that a month can have of one weekday


def _nth_weekday(groups: Groups, c: Context) -> str | None:
    month = month_number(groups, c)
    number = -1 if groups["last"] else int(c.word("ordinal", groups["dayword"]) or 0)
    if month is None or number > _WEEKS or (first_of(groups, "month") or "x")[0].islower():
        return None
    year = year_in(groups) or near_year(c, month)
    if year is None:
        return f"XXXX-{month:02d}-XX"
    day = nth_weekday(year, month, int(c.word("weekday", groups["weekday"]) or 1), number)
    return day.isoformat() if day.month == month else None


def _iso_week(groups: Groups, c: Context) -> str | None:
    year, week = year_in(groups), int(groups["week"] or 0)
    if year is None or week > date(year, 12, 28).isocalendar().week:
        return None
    return f"{year:04d}-W{week:02d}"


def _week_of_day(groups: Groups, c: Context) -> str | None:
    """The ISO week in which the named day lies."""
    value = day_in(groups, c)
    day = day_of(value) if value and value[0].isdigit() else None
    if day is None:
        return "XXXX-WXX" if value else None
    year, week, _ = day.isocalendar()
    return f"{year:04d}-W{week:02d}"


def _week_of_month(groups: Groups, c: Context) -> str | None:
    """Seven days of a month: the first week is its days 1 to 7, the last one its last seven days."""
    month, number = month_number(groups, c), day_number(groups, c)
    if month is None or (first_of(groups, "month") or "x")[0].islower() or (number or 1) > 4:
        return None
    year = year_in(groups) or near_year(c, month)
    if not c.records:
        return "P1W"  # TIMEX3 gives the length
    if year is None:
        return f"XXXX-{month:02d}"
    first = monthrange(year, month)[1] - 6 if groups.get("last") else 7 * (number or 1) - 6
    return f"{year:04d}-{month:02d}-{first:02d}/{year:04d}-{month:02d}-{first + 6:02d}"


def _named_day(groups: Groups, c: Context) -> str | None:
    if re.match(r" of\b", c.after):
        return None  # a fraction
    return c.word("named_day", groups["named_day"])


def _nine_eleven(groups: Groups, c: Context) -> str | None:
    return "2001-09-11"


def _named_attack(groups: Groups, c: Context) -> str | None:
    day = c.word("named_attack", groups["named_attack"])
    return None if day is None or (c.published is not None and day > c.published.isoformat()) else day


def _named_event(groups: Groups, c: Context) -> str | None:
    known = re.search(r"\b(?:after|before|since|until|following) (?:the attack on )?$", c.before, re.I)
    return c.word("named_event", groups["named_event"]) if known else None


def _holiday(groups: Groups, c: Context) -> str | None:
    day, year = c.word("holiday", groups["holiday"]), year_in(groups)
    if year is None and day is not None:
        year = near_year(c, int(day[:2]), int(day[3:]))
    daytime = c.word("daytime", groups.get("daytime"))
    return f"{year if year is not None else 'XXXX'}-{day}" + (f"T{daytime}" if daytime else "")


_ANY_YEAR = 2011  # stands for every year where only the month of a feast matters
_LAST_YEAR = 4000  # the reckoning of Easter is not trusted for longer


def _feast(groups: Groups, c: Context) -> str | None:
    rule, year = c.word("movable_feast", groups["feast"]) or "", year_in(groups)
    if year is None:
        middle = feast_day(rule, _ANY_YEAR)
        year = near_year(c, middle.month, middle.day) if middle else None
        if year is None or not 1 <= year <= _LAST_YEAR:
            return None
    day = feast_day(rule, year) if year <= _LAST_YEAR else None
    if day is None:
        return f"{year:04d}"
    daytime = c.word("daytime", groups.get("daytime"))
    return day.isoformat() + (f"T{daytime}" if daytime else "")


VALUES: Mapping[str, Value] = {
    "day": day_in,
    "month": _month,
    "iso_day": _iso_day,
    "slash_day": _slash_day,
    "short_slash_day": _short_slash_day,
    "day_range": _day_range,
    "further_day": _further_day,
    "named_day": _named_day,
    "nine_eleven": _nine_eleven,
    "holiday": _holiday,
    "iso_week": _iso_week,
    "week_of_day": _week_of_day,
    "week_of_month": _week_of_month,
    "nth_weekday": _nth_weekday,
    "first_or_last_day": _first_or_last_day,
    "feast": _feast,
    "named_attack": _named_attack,
    "named_event": _named_event,
}
