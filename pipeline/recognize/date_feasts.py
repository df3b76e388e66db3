"""Days of movable feasts: Easter and what hangs on it, the n-th weekday of a month, and the Jewish year.

Feasts of calendars that are set by sight of the moon or by astronomy (Ramadan, Chinese New Year) are not computed.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

_GREGORIAN = 1583  # first Easter by the new reckoning
_HEBREW_EPOCH = -1373427  # ordinal of the first day of the Jewish era
_RULE = re.compile(
    r"(?P<base>easter|orthodox|newyear)(?P<shift>[+-]\d+)"
    r"|(?P<month>\d+)/(?P<weekday>\d)/(?P<nth>-?\d)(?: since (?P<since>\d+))?"
)


def feast_day(rule: str, year: int) -> date | None:
    """The day of a feast in a year; None where the rule does not hold for that year.

    Args:
        rule: `easter-2` (days from Easter; `orthodox`, `newyear` alike), or `month/weekday/nth since year`, where nth
            is -1 for the last.
    """
    match = _RULE.fullmatch(rule)
    if match is None:
        raise ValueError(f"feast rule: {rule!r}")
    if match["month"]:
        if match["since"] and year < int(match["since"]):
            return None
        return nth_weekday(year, int(match["month"]), int(match["weekday"]), int(match["nth"]))
    base = {"easter": easter, "orthodox": orthodox_easter, "newyear": jewish_new_year}[match["base"]](year)
    return base + timedelta(days=int(match["shift"]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The n-th weekday (ISO number) of a month, -1 for the last; beyond its end where it has fewer."""
    if nth < 0:
        last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
        return last - timedelta(days=(last.isoweekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.isoweekday()) % 7 + 7 * (nth - 1))


def easter(year: int) -> date:
    """Western Easter: in the Gregorian calendar from 1583, before that in the Julian one, which was then in use."""
    if year < _GREGORIAN:
        month, day = _julian_easter(year)
        return date(year, month, day)
    a, (b, c) = year % 19, divmod(year, 100)
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    k = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    m = (a + 11 * h + 22 * k) // 451
    month, day = divmod(h + k - 7 * m + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Eastern Easter in the Gregorian calendar."""
    month, day = _julian_easter(year)
    return date(year, month, day) + timedelta(days=year // 100 - year // 400 - 2)


def _julian_easter(year: int) -> tuple[int, int]:
    d = (19 * (year % 19) + 15) % 30
    e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7
    month, day = divmod(d + e + 114, 31)
    return month, day + 1


def jewish_new_year(year: int) -> date:
    """The day (not the eve) of the Jewish New Year that falls into a year."""
    return date.fromordinal(_HEBREW_EPOCH + _days_before(year + 3761))


def _days_before(year: int) -> int:
    """Days from the epoch to a Jewish year, with the postponements that keep its length lawful."""
    before, now, after = (_molad_day(year + n) for n in (-1, 0, 1))
    return now + (2 if after - now == 356 else 1 if now - before == 382 else 0)


def _molad_day(year: int) -> int:
    months = (235 * year - 234) // 19
    day = 29 * months + (12084 + 13753 * months) // 25920
    return day + (3 * (day + 1) % 7 < 3)
