"""How the groups of a rule for times of day become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import Context, Groups, Value
from pipeline.recognize.date_days import day_in
from pipeline.recognize.date_relative import weekday_of


def _clock(groups: Groups, c: Context) -> str | None:
    time = _clock_time((groups["clock"] or "").lower(), c)
    if time is None:
        return None
    if groups.get("month") or groups.get("month2"):
        day = day_in(groups, c)
    else:
        day = weekday_of(groups, c) if groups.get("weekday") else c.in_text() or c.of_report()
    return f"{day[:10]}T{time}" if day and len(day) >= 10 and day[0].isdigit() else f"XXXX-XX-XXT{time}"


def _clock_time(text: str, c: Context) -> str | None:
    if text in ("noon", "midnight"):
        return "12:00" if text == "noon" else "24:00"
    spoken = re.fullmatch(r"(?:(half|quarter) (past|to) )?([a-z]+)(?: o['’]clock)?", text)
    if spoken:
        hour = int(c.word("number", spoken[3]) or 0)
        if not 1 <= hour <= 12:
            return None
        before = spoken[2] == "to"
        minute = 0 if spoken[1] is None else 30 if spoken[1] == "half" else 45 if before else 15
        return f"{hour - before:02d}:{minute:02d}"
    figures = re.match(r"([0-2]\d)([0-5]\d) ", text) or re.match(r"(\d+)(?:[:.](\d\d))? ?([ap])?", text)
    if figures is None:
        return None
    hour, minutes, half = int(figures[1]), figures[2], figures[3] if figures.re.groups > 2 else None
    if hour > 24 or int(minutes or 0) > 59:
        return None
    return f"{hour % 12 + (12 if half == 'p' else 0) if half else hour:02d}:{minutes or '00'}"


def _daytime_day(groups: Groups, c: Context) -> str | None:
    day = day_in(groups, c)
    return f"{day}T{c.word('daytime', groups['daytime'])}" if day else None


VALUES: Mapping[str, Value] = {
    "clock": _clock,
    "daytime_day": _daytime_day,
}
