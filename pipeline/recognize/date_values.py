"""What a calendar expression means: from a TIMEX3 value to EDTF, bounds and precision.

`earliest` and `latest` are the first and the last day (both inclusive) of the stated period; the half-open interval is
`[earliest, latest + 1 day)`. Seasons are those of the north, by whole months; the winter of a year begins in its
December. What a modifier ("early", "late") does to the bounds stands in `date_modifiers`. Years before the common
era have an EDTF value (499 BC is `-0498`) but no bounds, because `date` starts with year 1.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from pipeline.records import DateType, Modifier, Precision

SEASONS = {"SP": (21, 3), "SU": (22, 6), "FA": (23, 9), "WI": (24, 12)}  # EDTF code, first month
_TIMEX = re.compile(
    r"(?P<bc>BC)?(?P<year>\d{1,4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|(?P<season>SP|SU|FA|WI)|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|W(?P<week>\d\d)(?P<weekend>-WE)?))?(?:T.*)?"
)


@dataclass(frozen=True, slots=True)
class DateValue:
    """One value; `edtf`, bounds and precision are None for durations, sets and whatever no calendar places."""

    timex: str
    type: DateType
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: Precision | None = None
    modifier: Modifier | None = None

    @property
    def placed(self) -> bool:
        return self.edtf is not None

    @property
    def vague(self) -> bool:
        """Whether it only hints at a time or a length ("now", "several years")."""
        return self.timex.endswith("_REF") or re.match(r"PT?X", self.timex) is not None


def from_timex(timex: str, *, modifier: Modifier | None = None, repeated: bool = False) -> DateValue:
    """The value of a TIMEX3 string; `a/b` is the range from a to b."""
    if repeated:
        return DateValue(timex, "SET", modifier=modifier)
    if re.match(r"P[\dXT.]", timex):
        return DateValue(timex, "DURATION", modifier=modifier)
    if "/" in timex:
        first, last = timex.split("/")
        return replace(span_of(from_timex(first), from_timex(last)), modifier=modifier)
    kind: DateType = "TIME" if re.search(r"(?<!AS)T(?:\d|[A-Z]{2}$|X)", timex) and "_REF" not in timex else "DATE"
    match = _TIMEX.fullmatch(timex)
    if match is None:
        return DateValue(timex, kind, modifier=modifier)
    return _calendar(timex, kind, match, modifier)


def span_of(first: DateValue, last: DateValue) -> DateValue:
    """The range between two placed values, or an unplaced value when they do not stand in order."""
    timex = f"{first.timex}/{last.timex}"
    if first.edtf is None or last.edtf is None:
        return DateValue(timex, "DATE")
    if first.earliest and last.latest and first.earliest > last.latest:
        return DateValue(timex, "DATE")
    start, end = first.edtf.split("/")[0], last.edtf.split("/")[-1]
    # level 1 has no unspecified digits inside an interval: the bounds say the same
    if "X" in start:
        start = f"{first.earliest.year:04d}" if first.earliest else start
    if "X" in end:
        end = f"{last.latest.year:04d}" if last.latest else end
    return DateValue(timex, "DATE", f"{start}/{end}", first.earliest, last.latest, "range")


def _calendar(timex: str, kind: DateType, match: re.Match[str], modifier: Modifier | None) -> DateValue:
    digits = match["year"]
    if match["bc"]:
        return _before_common_era(timex, kind, match, modifier)
    if len(digits) < 4:
        width = 4 - len(digits)
        first, last = int(digits.ljust(4, "0")), int(digits.ljust(4, "9"))
        precision: Precision = ("decade", "century", "range")[width - 1]
        edtf = digits + "X" * width
        return DateValue(timex, kind, edtf, date(max(first, 1), 1, 1), date(last, 12, 31), precision, modifier)
    year = int(digits)
    if year == 0:
        return DateValue(timex, kind, modifier=modifier)
    edtf, earliest, latest, within = _within(year, match)
    return DateValue(timex, kind, edtf, earliest, latest, within, modifier)


def _within(year: int, match: re.Match[str]) -> tuple[str | None, date | None, date | None, Precision | None]:
    if match["day"]:
        month, day = int(match["month"]), int(match["day"])
        if not valid_day(year, month, day):
            return None, None, None, None
        exact = date(year, month, day)
        return exact.isoformat(), exact, exact, "day"
    if match["month"]:
        month = int(match["month"])
        return f"{year:04d}-{month:02d}", date(year, month, 1), month_end(year, month), "month"
    if match["season"]:
        code, month = SEASONS[match["season"]]
        last = month_end(*add_months(year, month, 2)) if year < date.max.year else date.max
        return f"{year:04d}-{code}", date(year, month, 1), last, "season"
    if match["quarter"] or match["half"]:
        length = 3 if match["quarter"] else 6
        month = (int(match["quarter"] or match["half"]) - 1) * length + 1
        edtf = f"{year:04d}-{month:02d}/{year:04d}-{month + length - 1:02d}"
        return edtf, date(year, month, 1), month_end(year, month + length - 1), "range"
    if match["week"]:
        week = int(match["week"])
        if not 1 <= week <= date(year, 12, 28).isocalendar().week:
            return None, None, None, None
        monday = date.fromisocalendar(year, week, 6 if match["weekend"] else 1)
        sunday = date.fromisocalendar(year, week, 7)
        return f"{monday.isoformat()}/{sunday.isoformat()}", monday, sunday, "range"
    return f"{year:04d}", date(year, 1, 1), date(year, 12, 31), "year"


def _before_common_era(timex: str, kind: DateType, match: re.Match[str], modifier: Modifier | None) -> DateValue:
    digits = match["year"]
    if len(digits) == 1:  # the millennium BC1 holds 2000 BC to 1001 BC
        first, last = int(digits) * 1000 + 999, int(digits) * 1000
        return DateValue(
            timex, kind, f"-{first:04d}/{f'-{last:04d}' if last else '0000'}", None, None, "range", modifier
        )
    if len(digits) == 2:  # the century BC01 holds 200 BC to 101 BC, astronomical years -199 to -100
        first, last = int(digits) * 100 + 99, int(digits) * 100
        end = f"-{last:04d}" if last else "0000"
        return DateValue(timex, kind, f"-{first:04d}/{end}", None, None, "century", modifier)
    if len(digits) == 3:
        first, last = int(digits) * 10 + 9, max(int(digits) * 10, 1)
        end = f"-{last - 1:04d}" if last > 1 else "0000"
        return DateValue(timex, kind, f"-{first - 1:04d}/{end}", None, None, "decade", modifier)
    year = f"-{int(digits) - 1:04d}" if int(digits) > 1 else "0000"
    if match["season"]:
        return DateValue(timex, kind, f"{year}-{SEASONS[match['season']][0]}", None, None, "season", modifier)
    if match["month"] and not match["day"]:
        return DateValue(timex, kind, f"{year}-{match['month']}", None, None, "month", modifier)
    return DateValue(timex, kind, year, None, None, "year", modifier)


def valid_day(year: int, month: int, day: int) -> bool:
    return 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def month_end(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def add_months(year: int, month: int, n: int) -> tuple[int, int]:
    total = year * 12 + month - 1 + n
    return total // 12, total % 12 + 1


def shift(day: date, n: int, unit: str) -> str | None:
    """TIMEX3 value `n` units after (before, if negative) a day, as precise as the unit; None outside years 1–9999."""
    if unit in ("D", "W", "N", "WE", "FN"):
        days = n * {"D": 1, "N": 1, "W": 7, "WE": 7, "FN": 14}[unit]
        if not 1 <= day.toordinal() + days <= date.max.toordinal():
            return None
        moved = day + timedelta(days=days)
        iso = moved.isocalendar()
        return {"W": f"{iso.year}-W{iso.week:02d}", "WE": f"{iso.year}-W{iso.week:02d}-WE"}.get(unit, moved.isoformat())
    if unit in ("M", "Q"):
        year, month = add_months(day.year, day.month, n * (3 if unit == "Q" else 1))
        value = f"{year:04d}-Q{(month + 2) // 3}" if unit == "Q" else f"{year:04d}-{month:02d}"
        return value if 1 <= year <= 9999 else None
    year = day.year + n * {"Y": 1, "DE": 10, "CE": 100, "ML": 1000}[unit]
    digits = f"{year:04d}"
    return {"DE": digits[:3], "CE": digits[:2]}.get(unit, digits) if 1 <= year <= 9999 else None
