"""How the groups of a rule for relative expressions become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import (
    SEASON_MONTH,
    Context,
    Groups,
    Value,
    day_number,
    day_of,
    in_winter,
    month_number,
)
from pipeline.recognize.date_lengths import CLOCK_UNITS, amount_of, period
from pipeline.recognize.date_values import shift, valid_day


def weekday_of(groups: Groups, c: Context) -> str | None:
    name = groups["weekday"] or ""
    number = c.word("weekday", name)
    if number is None or name[0].islower():
        return None
    if c.beside("named_before") or c.beside("named_after"):
        return None
    daytime = c.word("daytime", groups.get("daytime"))
    suffix = f"T{daytime}" if daytime else ""
    if c.narrative or c.published is None:
        return f"XXXX-WXX-{number}{suffix}"
    back = (c.published.isoweekday() - int(number)) % 7
    c.of_writing()
    ahead = c.ahead()
    towards = ahead is None and _TOWARDS.search(c.before) is not None
    moved = shift(c.published, 7 - back if (ahead or towards) and back else -back, "D")
    return f"{moved}{suffix}" if moved else None


_TOWARDS = re.compile(r"\b(?:through|until|till|by) $", re.I)


def _today(groups: Groups, c: Context) -> str | None:
    word = (groups["today"] or "").lower()
    daytime = "NI" if word == "tonight" else c.word("daytime", groups.get("daytime"))
    if c.published is None or c.narrative:
        return "PRESENT_REF" if word == "today" else f"XXXX-XX-XX{'T' + daytime if daytime else ''}"
    c.of_writing()
    moved = shift(c.published, {"yesterday": -1, "tomorrow": 1}.get(word, 0), "D")
    return f"{moved}T{daytime}" if daytime and moved else moved


def _step(which: str, c: Context) -> int:
    return int(c.word("which", which) or 0)


def _counts_from_text(which: str, c: Context) -> bool:
    """ "Next month" counts from the day of writing, "the next month" and "that month" from a date of the text.

    "This month" does so where a history has just named one.
    """
    if which == "this":
        return c.narrative and c.told()
    return c.word("refers_back", which) is not None or (which == "next" and _THE_ONE.search(c.before) is not None)


_BLANK = {
    "D": "XXXX-XX-XX",
    "W": "XXXX-WXX",
    "WE": "XXXX-WXX-WE",
    "M": "XXXX-XX",
    "Q": "XXXX-QX",
    "DE": "XXX",
    "CE": "XX",
}


def _fine_enough(value: str, unit: str) -> bool:
    """Whether a value says enough to count units from it: no day after a month, no month after a year or season."""
    if unit in ("D", "N"):
        return re.match(r"\d{4}-\d\d-\d\d", value) is not None
    if unit in ("W", "FN", "WE"):
        return re.match(r"\d{4}-(?:\d\d-\d\d|W\d\d)", value) is not None
    if unit == "M":
        return re.match(r"\d{4}-(?:\d\d|W\d\d)", value) is not None
    return unit != "Q" or re.match(r"\d{4}-(?:\d\d|Q|W\d\d)", value) is not None


def _which_unit(groups: Groups, c: Context) -> str | None:
    unit = c.word("calendar_unit", groups["unit"]) or ""
    which = (groups["which"] or groups.get("joined") or "").lower()
    if which == "this" and unit == "D" and re.search(r"\bto $", c.before):
        return "PRESENT_REF"
    in_text = _counts_from_text(which, c) or (unit == "D" and (which == "next" or which == "this"))
    if which in ("last", "this", "next") and re.match(r" of (?!this|last|next|that)", c.after):
        return f"P1{unit}" if not c.records else None
    known = c.in_text() if in_text else c.of_writing()
    now = day_of(known)
    if which == "this" and unit == "D" and not c.narrative:
        return "PRESENT_REF"
    if now is None and c.reference and c.reference.startswith("BC") and unit == "Y" and len(c.reference) >= 6:
        c.anchor = c.reference_anchor
        return f"BC{int(c.reference[2:6]) - _step(which, c):04d}"
    if which == "past":
        return f"P1{unit}"
    if which == "the" and (c.narrative or c.told()) and (c.published is None or not c.future()):
        c.anchor, now = c.story_anchor, day_of(c.story)
    if now is None or not _fine_enough(known or "", unit):
        return _BLANK.get(unit, "XXXX")
    return shift(now, _step(which, c), unit)


def _unit_but_one(groups: Groups, c: Context) -> str | None:
    now = day_of(c.of_writing())
    unit = c.word("calendar_unit", groups["unit"]) or ""
    return _BLANK.get(unit, "XXXX") if now is None else shift(now, -2 if groups["before"] else 2, unit)


def _day_of_month(groups: Groups, c: Context) -> str | None:
    """ "On the 19th": of the month at which the text stands, in a report of that of the report."""
    text = c.text[c.start : c.end]
    if not text.rstrip().split()[0].endswith(("st", "nd", "rd", "th")) or not _ON_THE.search(c.before):
        return None
    known = c.in_text()
    if known is None or re.match(r"\d{4}-\d\d(?!\d)", known) is None:
        known = c.of_report()
    day = day_number(groups, c) or 0
    if known is None or not valid_day(int(known[:4]), int(known[5:7]), day):
        return f"XXXX-XX-{day:02d}"
    return f"{known[:7]}-{day:02d}"


_ON_THE = re.compile(r"\b(?:on|by|until|till|since|before|after|from) the $", re.I)


def _which_name(groups: Groups, c: Context) -> str | None:
    which = (groups["which"] or "").lower()
    step = _step(which, c)
    daytime = c.word("daytime", groups.get("daytime") or groups.get("daytime2"))
    if groups.get("month") or groups.get("season"):
        return _which_month_or_season(groups, c, step, _counts_from_text(which, c))
    in_text = _counts_from_text(which, c)
    known = c.in_text() if in_text else c.of_writing()
    now = day_of(known)
    if now is None or len(known or "") < 10:
        return f"XXXX-XX-XXT{daytime}" if daytime else "XXXX-WXX"
    if groups.get("weekday"):
        ahead = (int(c.word("weekday", groups["weekday"]) or 1) - now.isoweekday()) % 7
        days = ahead or 7 if step > 0 else ahead - 7 if step < 0 else ahead if c.future() or not ahead else ahead - 7
        moved = shift(now, days, "D")
    else:
        moved = shift(now, step, "D")
    return f"{moved}T{daytime}" if daytime and moved else moved


def _which_month_or_season(groups: Groups, c: Context, step: int, in_text: bool) -> str | None:
    code = f"{month_number(groups, c):02d}" if groups.get("month") else c.word("season", groups["season"])
    if groups.get("month") and (groups["month"] or "x")[0].islower():
        return None
    first = int(code) if code and code.isdigit() else SEASON_MONTH[code or ""]
    now = day_of(c.in_text() if in_text else c.of_writing())
    if now is None:
        return f"XXXX-{code}"
    year = now.year - (code == "WI" and step == 0 and in_winter(now.isoformat()))
    if step < 0 and first >= now.month:
        year -= 1
    elif step > 0 and first <= now.month:
        year += 1
    return f"{year:04d}-{code}"


_THE_ONE = re.compile(r"\bthe $", re.I)


def _ago(groups: Groups, c: Context) -> str | None:
    unit, amount, ago = c.word("unit", groups["unit"]) or "D", amount_of(groups, c), (groups["ago"] or "").lower()
    in_text = ago not in ("ago", "from now", "from today", "hence")
    back = ago in ("ago", "earlier", "before", "previously", "prior")
    text = c.text[c.start : c.end].lower()
    if (
        text.startswith("some ")
        and (groups.get("vague") or "").lower() == "some"
        and not (groups["unit"] or "").endswith("s")
    ):
        return None
    if groups.get("count") is None and groups.get("vague") is None and re.match(r"[a-z]+-", text):
        amount = "1"  # "the year-ago quarter"
    elif groups.get("count") is None and _THE_ONE.search(c.before) and not (groups["unit"] or "").endswith("s"):
        amount = "1"  # "the day before"
    if not amount.isdigit():
        return "PAST_REF" if back else "FUTURE_REF"
    value = c.in_text() if in_text else c.of_writing()
    now, n = day_of(value), -int(amount) if back else int(amount)
    if value and value.startswith("BC") and len(value) >= 6 and unit in ("Y", "DE"):
        moved = int(value[2:6]) - n * (10 if unit == "DE" else 1)
        return f"BC{moved:04d}" if moved > 0 else None
    if unit in CLOCK_UNITS:
        return period(amount, unit) if now is None else f"{now.isoformat()}TXX"
    blank = _BLANK.get(unit, "XXXX") if unit in "DWM" else "XXXX"
    if now is None or value is None:
        return blank
    if not _fine_enough(value, unit):
        return blank
    if unit in ("W", "FN") and in_text and len(value) >= 10:
        return shift(now, n * (2 if unit == "FN" else 1) * 7, "D")
    return shift(now, n * (10 if unit == "DE" else 100 if unit == "CE" else 1), "Y" if unit in ("DE", "CE") else unit)


def _two_days_off(groups: Groups, c: Context) -> str | None:
    if c.published is None or c.narrative:
        return "XXXX-XX-XX"
    c.of_writing()
    return shift(c.published, -2 if groups.get("before") else 2, "D")


def _weekend(groups: Groups, c: Context) -> str | None:
    """The weekend nearest to the publication date on the side the verb looks to."""
    if not re.search(r"\bthe $", c.before, re.I) or re.match(r" (?:of|after|before)\b", c.after):
        return None
    if c.published is None or c.narrative:
        return "XXXX-WXX-WE"
    c.of_writing()
    return shift(c.published, 0 if c.future() or c.published.isoweekday() > _FRIDAY else -1, "WE")


_FRIDAY = 5


def _reference(groups: Groups, c: Context) -> str | None:
    word = (groups["reference"] or "").lower()
    if word == "once" and not re.match(r"[a-z]", c.text[c.start :]):
        return None
    if word in ("former", "once") and (word == "once" or not c.narrative or re.search(r"\b[Tt]he $", c.before)):
        return None
    if word in ("the past", "in the past", "recent") and re.match(
        r" (?:\w+ )?(?:years?|days?|weeks?|months?|decades?|centur)", c.after
    ):
        return "PAST_REF" if word == "recent" else None
    return c.word("reference", word)


VALUES: Mapping[str, Value] = {
    "weekday": weekday_of,
    "today": _today,
    "which_unit": _which_unit,
    "which_name": _which_name,
    "unit_but_one": _unit_but_one,
    "day_of_month": _day_of_month,
    "ago": _ago,
    "reference": _reference,
    "two_days_off": _two_days_off,
    "weekend": _weekend,
}
