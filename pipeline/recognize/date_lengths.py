"""How the groups of a rule for durations and sets become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import Context, Groups, Value, day_number, month_number

CLOCK_UNITS = {"TS": "S", "TM": "M", "TH": "H"}


def amount_of(groups: Groups, c: Context) -> str:
    count = groups.get("count")
    if count:
        return c.word("number", count) or count
    vague = c.word("vague_number", groups.get("vague"))
    return vague or "X"


def period(amount: str, unit: str) -> str:
    if unit in CLOCK_UNITS:
        return f"PT{amount}{CLOCK_UNITS[unit]}"
    if unit == "FN":
        return f"P{int(amount) * 2 if amount.isdigit() else 'X'}W"
    if unit == "N":
        unit = "D"
    return f"P{amount}{unit}"


_NAMED = re.compile(r"['’]? [A-Z]")
_AHEAD = re.compile(r"\b(?:will|would|may|might|could|can|should|must)(?: also| only| yet)? $")
_ONE_DAY = re.compile(r"[Oo]ne day(?:,| (?:he|she|they|it|we|you|I|a|the|his|her|their|this)\b)")
_LASTING = re.compile(
    r"\b(?:for|after|within|during|over|spans?|spanning|last(?:ed|ing|s)?|takes?|took)(?: many| several| some)? $"
)


def _duration(groups: Groups, c: Context) -> str | None:
    unit = c.word("unit", groups["unit"]) or "D"
    text = c.text[c.start : c.end].lower()
    if "quarter" in (groups.get("half") or "").lower():
        return {"CE": "P25Y", "TH": "PT15M", "Y": "P3M"}.get(unit)
    if groups.get("half"):
        return {"TH": "PT30M", "Y": "P6M", "DE": "P5Y", "CE": "P50Y", "D": "PT12H", "TM": "PT30S", "M": "P15D"}.get(
            unit
        )
    titled = c.records and (groups["unit"] or "x")[0].isupper()
    if titled and (_NAMED.match(c.text, c.end) or re.search(r"[a-z] ?[A-Z][a-z]+ $", c.before)):
        return None  # the Six-Day War, Operation Thirty Days
    amount = amount_of(groups, c)
    if _ONE_DAY.match(c.text[c.start :]) or (text == "one day" and _AHEAD.search(c.before)):
        return None  # some day
    if text == "one year" and c.text.startswith(" to the next", c.end):
        return None
    if text.startswith(("a ", "an ")) and (unit == "TS" or re.match(r" (?:later|earlier)", c.after)):
        return None
    if text.startswith("some ") and not text.endswith("s"):
        return None
    if re.match(r"(?:-| )old\b", c.after):
        return period(amount, unit)
    fourth = amount == "1" and not _LASTING.search(c.before)
    if unit == "Q" and (fourth or re.match(r" of\b", c.after)):
        return None
    if groups.get("which") and not groups.get("count") and not groups.get("vague") and not text.endswith("s"):
        return None
    if re.search("and[ -]a[ -]half", text) and amount.isdigit():
        return f"P{amount}.5{unit}" if unit not in CLOCK_UNITS else f"PT{amount}.5{CLOCK_UNITS[unit]}"
    return period(amount, unit)


def _plain_duration(groups: Groups, c: Context) -> str | None:
    unit = c.word("unit", (groups["units"] or "").lower())
    if groups.get("ahead"):
        return period("X", unit) if unit and not c.records else None
    if (
        re.search(
            r"\b(?:the|these|those|all|his|her|their|its|other|[a-z]+[a-z]ing|last|first|school|teenage) $",
            c.before,
            re.I,
        )
        or (c.records and not _LASTING.search(c.before))
        or (c.text[c.start].isupper() and _NAMED.match(c.text, c.end))
    ):
        return None
    return period("X", unit) if unit else None


_RATED = re.compile(
    r"(?:[$€£] ?[\d.,]+|%|\b(?:percent|per cent|million|billion|thousand|times|dollars|euros|pounds)"
    r"|\b(?!(?:1\d|20)\d\d )\d[\d,.]*(?: [a-z]+){0,2}) $"
)


def _rate(groups: Groups, c: Context) -> str | None:
    """ "a year" after an amount says how often."""
    if re.search(r"\b(?:by|of|to|than) $", c.before):
        return None
    if not _RATED.search(c.text, max(0, c.start - 40), c.start) or re.match(
        r" (?:later|ago|earlier|before|after|from|old)\b|-", c.after
    ):
        return None
    return period("1", c.word("unit", groups["unit"]) or "D")


def _habit(groups: Groups, c: Context) -> str | None:
    return c.word("habit", groups["habit"])


_COARSE = ("Y", "M", "W", "D", "TH", "TM", "TS")


def _long_duration(groups: Groups, c: Context) -> str | None:
    """Two lengths that are one: the finer unit follows the coarser."""
    units = [c.word("unit", groups[name]) or "" for name in ("unit", "unit2")]
    counts = [c.word("number", groups[name]) or groups[name] or "" for name in ("count", "count2")]
    if any(unit not in _COARSE for unit in units) or _COARSE.index(units[0]) >= _COARSE.index(units[1]):
        return None
    first, second = (period(count, unit) for count, unit in zip(counts, units, strict=True))
    return first + second.removeprefix("PT" if first.startswith("PT") else "P")


def _set(groups: Groups, c: Context) -> str | None:
    if groups.get("other"):
        return period("2", c.word("unit", groups["unit"]) or "D") if groups.get("unit") else None
    if groups.get("unit"):
        return period(amount_of(groups, c) if groups.get("count") else "1", c.word("unit", groups["unit"]) or "D")
    if groups.get("weekday"):
        return f"XXXX-WXX-{c.word('weekday', groups['weekday'])}"
    month = month_number(groups, c)
    if month is not None:
        count = groups["count"] or ""  # "every 4 April"
        day = int(count) if count.isdigit() else day_number(groups, c)
        return f"XXXX-{month:02d}" + (f"-{day:02d}" if day is not None else "")
    return f"XXXX-{c.word('season', groups['season'])}"


def _frequency(groups: Groups, c: Context) -> str | None:
    if groups["adverb_set"] and groups["adverb_set"][0].isupper() and re.match(r" [A-Z]", c.after):
        return None  # "the Annual Review"
    if c.beside("named_after"):
        return None
    return c.word("adverb_set", groups["adverb_set"])


VALUES: Mapping[str, Value] = {
    "duration": _duration,
    "plain_duration": _plain_duration,
    "set": _set,
    "frequency": _frequency,
    "rate": _rate,
    "habit": _habit,
    "long_duration": _long_duration,
}
