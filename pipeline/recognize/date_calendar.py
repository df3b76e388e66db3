"""How the groups of a rule for full and partial dates become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import (
    Context,
    Groups,
    Value,
    day_number,
    day_of,
    first_of,
    month_is_verb,
    month_number,
    near_year,
    year_in,
)
from pipeline.recognize.date_values import valid_day

_COUNTED = re.compile(
    r" (?:(?:[a-z]+ )?(?:troops|soldiers|people|men|women|members|pages|kilomet\w+|km|miles|met(?:re|er)s|percent|"
    r"per cent|dollars|euros|pounds|tons|tonnes|ships|aircraft|tanks|warheads|missiles|prisoners|casualties|deaths|"
    r"killed|wounded|civilians|"
    r"refugees|vessels|horses|guns|others|staff|companies|delegates|participants|jobs|feet|hectares|acres|personnel|experts|"
    r"officers|police|cases|words|employees|workers|students|strong|infantry|cavalry|Persians|Greeks|hoplites|rebels|fighters|"
    r"shares|points|votes|seats|units|homes|houses|families|villages|cars|trucks|planes|cities|projects|years|days))\b",
    re.I,
)
_NUMBERED = re.compile(
    r"(?<![a-z])(?:resolutions?|articles?|iso|nos?\.?|number|boeing|directive|pages?|pp?\.|section|room|model|regulation|rule|"
    r"decision|flight|channel|route|chapter|paragraph|than|least|most|nearly|almost|version|cve|rfc|"
    r"convention no\.?|en|form|order|[$€£#]|us\$)[ -]?$",
    re.I,
)
_TELEPHONE = re.compile(r"(?:\d\d |(?<!\d)\d{3}[-–])$")


def day_in(groups: Groups, c: Context) -> str | None:
    month, day, year = month_number(groups, c), day_number(groups, c), year_in(groups)
    if month is None or day is None or not 1 <= day <= 31:
        return None
    if (first_of(groups, "month", "month2") or "x") in ("may", "march", "mar"):
        return None
    if year is None:
        if (first_of(groups, "month", "month2") or "x")[0].islower():
            return None
        if (month, day) == (9, 11) and (c.records or c.now() is None):
            return "2001-09-11"
        year = near_year(c, month, day)
    if year is None:
        return f"XXXX-{month:02d}-{day:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _month(groups: Groups, c: Context) -> str | None:
    month, year = month_number(groups, c), year_in(groups)
    if month is None or (month_is_verb(groups, c) and year is None):
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
    return c.text[c.start : c.end].rstrip("Z") if valid_day(year, month, day) else None


def _slash_day(groups: Groups, c: Context) -> str | None:
    a, b, year = int(groups["a"] or 0), int(groups["b"] or 0), int(groups["year"] or 0)
    if a > 12:
        day, month = a, b
    elif b > 12:
        day, month = b, a
    elif a == b:
        day = month = a
    elif c.day_first is None:
        return None
    else:
        day, month = (a, b) if c.day_first else (b, a)
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _plain_year(groups: Groups, c: Context) -> str | None:
    year = int(groups["year"] or 0)
    before, after = c.text[max(0, c.start - 24) : c.start], c.text[c.end : c.end + 40]
    if _TELEPHONE.search(before) or _NUMBERED.search(before) or _COUNTED.match(after):
        return None
    dated = re.search(
        r"(?:\b(?:in|since|by|until|till|from|of|before|after|early|late|mid|around|year|circa|and|to|between"
        r"|during|the)|[(–-]) ?$",
        before,
        re.I,
    )
    if not 1500 <= year <= 2040 and not dated:
        return None
    if re.match(r" [a-z]+s\b(?! (?:in|of|the|to))", after) and not dated and not 1850 <= year <= 2040:
        return None
    return f"{year:04d}"


def _short_year(groups: Groups, c: Context) -> str | None:
    if not re.search(r"\b(?:in|of|since|until|by|from|late|early|mid) $", c.text[: c.start], re.I):
        return None
    short = int((groups["short"] or "")[1:])
    return f"{'20' if short < 30 else '19'}{short:02d}"


def _year_ad(groups: Groups, c: Context) -> str | None:
    return (
        f"{int(first_of(groups, 'num', 'num2') or 0):04d}"
        if re.search(r"AD|A\.D\.|CE", c.text[c.start : c.end])
        else None
    )


def _year_bc(groups: Groups, c: Context) -> str | None:
    return f"BC{int(groups['num'] or 0):04d}"


def _part_bc(groups: Groups, c: Context) -> str | None:
    """A month or season of a year before the common era."""
    month = month_number(groups, c) if groups.get("month") else None
    part = f"{month:02d}" if month is not None else c.word("season", groups.get("season"))
    return f"BC{int(groups['num'] or 0):04d}-{part}" if part else None


def _decade_bc(groups: Groups, c: Context) -> str | None:
    return f"BC{int(groups['tens'] or 0):03d}"


def _figures(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "0"))


def _day_range(groups: Groups, c: Context) -> str | None:
    month, first, last = month_number(groups, c), _figures(groups["from"]), _figures(groups["to"])
    if month is None or (first_of(groups, "month", "month2") or "x")[0].islower() or first >= last:
        return None
    year = year_in(groups) or near_year(c, month, first)
    if year is None:
        return f"XXXX-{month:02d}-{first:02d}/XXXX-{month:02d}-{last:02d}"
    if not valid_day(year, month, last):
        return None
    return f"{year:04d}-{month:02d}-{first:02d}/{year:04d}-{month:02d}-{last:02d}"


def _bare_bc(groups: Groups, c: Context) -> str | None:
    number = int(c.text[c.start : c.end])
    before = c.text[max(0, c.start - 14) : c.start]
    if not c.bc or not re.search(
        r"\b(?:in|since|by|until|from|of|before|after|early|late|and|to|between|rest of)[ -]$|[–(-]$", before, re.I
    ):
        return None
    after = c.text[c.end : c.end + 40]
    return None if _COUNTED.match(after) or re.match(r" [a-z]+s\b|[-–]", after) else f"BC{number:04d}"


def _decade(groups: Groups, c: Context) -> str | None:
    digits = re.sub(r"\D", "", groups["decade"] or "")
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}"


def _decade_word(groups: Groups, c: Context) -> str | None:
    if not re.search(r"\bthe (?:early |late |mid[- ]?|roaring |turbulent )?$", c.text[: c.start], re.I):
        return None
    return f"19{(c.word('decade_word', groups['decade_word']) or '')[:1]}"


def _century(groups: Groups, c: Context) -> str | None:
    number = day_number(groups, c)
    if number is None or not 1 <= number <= 30:
        return None
    return f"{'BC' if groups.get('bc') else ''}{number - 1:02d}"


def _season(groups: Groups, c: Context) -> str | None:
    season = c.word("season", groups["season"])
    year = year_in(groups)
    if year is None:
        if season == "FA" and groups["season"] == "fall" and re.match(r" of\b", c.text[c.end :]):
            return None
        plain = not c.records and (groups["season"] or "").lower() in ("summer", "winter", "autumn")
        if not plain and not re.search(
            r"\b(?:the|that|this|early|late|mid|in|of|by|last|next|following) $", c.text[: c.start], re.I
        ):
            return None
        if c.narrative and c.story and c.story.startswith("BC"):
            c.anchor = c.story_anchor
            return f"{c.story[:6]}-{season}"
        year = near_year(c, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season or ""])
    return f"{year:04d}-{season}" if year is not None else f"XXXX-{season}"


def _quarter(groups: Groups, c: Context) -> str | None:
    number, letter = day_number(groups, c), "Q" if (groups["kind"] or "").lower() == "quarter" else "H"
    if number is None or number > (4 if letter == "Q" else 2):
        return None
    year = year_in(groups)
    if year is None:
        if letter == "H" and not re.match(r" of (?:the|this|last) (?:year|fiscal)", c.text[c.end :]):
            return None
        now = day_of(c.now())
        if now is None:
            return f"XXXX-{letter}{number}"
        current = (now.month - 1) // (3 if letter == "Q" else 6) + 1
        year = now.year if number <= current or c.future() else now.year - 1
    return f"{year:04d}-{letter}{number}"


def _named_day(groups: Groups, c: Context) -> str | None:
    return c.word("named_day", groups["named_day"])


def _nine_eleven(groups: Groups, c: Context) -> str | None:
    return "2001-09-11"


def _holiday(groups: Groups, c: Context) -> str | None:
    day, year = c.word("holiday", groups["holiday"]), year_in(groups)
    if year is None and day is not None:
        year = near_year(c, int(day[:2]), int(day[3:]))
    daytime = c.word("daytime", groups.get("daytime"))
    return f"{year if year is not None else 'XXXX'}-{day}" + (f"T{daytime}" if daytime else "")


def _short_range(groups: Groups, c: Context) -> str | None:
    year, short = int(groups["year"] or 0), int(groups["short"] or 0)
    last = year - year % 100 + short
    return f"{year:04d}/{last:04d}" if last > year else None


VALUES: Mapping[str, Value] = {
    "day": day_in,
    "month": _month,
    "iso_day": _iso_day,
    "slash_day": _slash_day,
    "year": _plain_year,
    "year_bc": _year_bc,
    "part_bc": _part_bc,
    "decade_bc": _decade_bc,
    "year_ad": _year_ad,
    "short_year": _short_year,
    "day_range": _day_range,
    "bare_bc_year": _bare_bc,
    "decade": _decade,
    "decade_word": _decade_word,
    "century": _century,
    "season": _season,
    "quarter": _quarter,
    "named_day": _named_day,
    "nine_eleven": _nine_eleven,
    "holiday": _holiday,
    "short_range": _short_range,
}
