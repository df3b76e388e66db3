"""How the groups of a rule for years, decades, centuries and eras become a TIMEX3 value."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.recognize.date_context import NEAR, Context, Groups, Value, day_number, day_of, first_of, month_number
from pipeline.recognize.date_figures import full_year, is_in_a_name, is_number


def _plain_year(groups: Groups, c: Context) -> str | None:
    year = int(groups["year"] or 0)
    if is_number(c) or is_in_a_name(c):
        return None
    dated, after = c.beside("dated_year"), c.text[c.end : c.end + 40]
    if not 1500 <= year <= 2040 and not dated:
        return None
    if re.match(r" [a-z]+s\b(?! (?:in|of|the|to))", after) and not dated and not 1850 <= year <= 2040:
        return None
    return f"{year:04d}"


def _short_year(groups: Groups, c: Context) -> str | None:
    listed = _LISTED.search(c.before)
    if listed is None and not c.beside("timed"):
        return None
    short = int((groups["short"] or "")[1:])
    return f"{listed['century']}{short:02d}" if listed else f"{'20' if short < 30 else '19'}{short:02d}"


_LISTED = re.compile(r"\b(?P<century>1\d|20)\d\d(?:(?:,| and|, and) ['’]\d\d)*(?:,| and|, and) $")  # "1952, '55 and"


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


def _bare_bc(groups: Groups, c: Context) -> str | None:
    number = int(c.text[c.start : c.end])
    if not c.bc or not (c.beside("timed") or c.before[-1:] in ("–", "(", "-")):
        return None
    if c.beside("counted") or re.match(r" [a-z]+s\b|[-–]", c.after):
        return None
    return f"BC{number:04d}"


def _decade(groups: Groups, c: Context) -> str | None:
    digits = re.sub(r"\D", "", groups["decade"] or "")
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}"


def _decade_word(groups: Groups, c: Context) -> str | None:
    before = re.search(r"\bthe (?:[a-z]{3,}[- ])?$", c.before, re.I)
    if before is None or _is_titled(c) or c.beside("levelled"):
        return None
    return f"19{(c.word('decade_word', groups['decade_word']) or '')[:1]}"


def _spelled_decade(groups: Groups, c: Context) -> str | None:
    tens = c.word("decade_word", groups["decade_word"]) or ""
    return f"{c.word('spelled_century', groups['hundreds'])}{tens[:1]}"


def _nicknamed_decade(groups: Groups, c: Context) -> str | None:
    return c.word("nicknamed_decade", groups["nicknamed_decade"])


def _spelled_year(groups: Groups, c: Context) -> str | None:
    rest = int(c.word("number", groups["rest"]) or 0)
    whole = re.search("hundred|oh", c.text[c.start : c.end]) or rest >= 10
    if not whole or rest > 99 or not c.beside("timed") or re.match("-| times| years", c.after):
        return None
    return f"{c.word('spelled_century', groups['hundreds'])}{rest:02d}"


def _is_titled(c: Context) -> bool:
    """Whether a capital goes on behind a capital: "the Twenties Club", "the 21st Century Fund"."""
    last = c.text[c.start : c.end].split()[-1]
    return last[0].isupper() and re.match(r" [A-Z]", c.after) is not None


def _century(groups: Groups, c: Context) -> str | None:
    number = day_number(groups, c)
    if number is None or not 1 <= number <= 30 or _is_titled(c):
        return None
    return f"{'BC' if groups.get('bc') else ''}{number - 1:02d}"


def _short_range(groups: Groups, c: Context) -> str | None:
    year, short = int(groups["year"] or 0), int(groups["short"] or 0)
    last = year - year % 100 + short
    if is_number(c) or re.match(r"/[A-Z]", c.after):
        return None
    return f"{year:04d}/{last:04d}" if last > year else None


_CENTURY_NEAR = 50  # years from an anchor to the turn of its century


def _turn(groups: Groups, c: Context) -> str | None:
    """The year in which the century or millennium turned that lies nearest to the anchor."""
    if c.word("century_word", groups["turn"]) == "ML":
        return "2000"
    now = day_of(c.in_text() or c.of_report())
    return "XX" if now is None else f"{(now.year + _CENTURY_NEAR) // 100 * 100:04d}"


def _decade_of_century(groups: Groups, c: Context) -> str | None:
    number = 10 if groups.get("last") else int(c.word("ordinal", groups["dayword"]) or 0)
    century = int(re.sub(r"\D", "", groups["day"] or "0")) or int(c.word("ordinal", groups.get("century")) or 0)
    return f"{century - 1:02d}{number - 1}" if 1 <= number <= 10 and 1 <= century <= 30 else None


def _millennium(groups: Groups, c: Context) -> str | None:
    number = day_number(groups, c)
    if number is None or not 1 <= number <= 9:
        return None
    return f"{'BC' if groups.get('bc') else ''}{number - 1}"


_OF_DATE = re.compile(
    r" of (?:[^.;()]{0,70}?)(?:(?P<day>\d{1,2}) )?(?:(?P<month>[A-Z][a-z]+)(?: (?P<day2>\d{1,2}),)? )?(?<![\d/-])"
    r"(?:(?P<year>1\d\d\d|20\d\d)(?![\d%]|[.,]\d|[-–]\d)|(?P<attack>9/11|September 11)\b)"
)

_YEAR_OWNER = re.compile(r"(?<![\d/-])(?P<year>1\d\d\d|20\d\d) (?:[\w-]+ ){0,4}[\w-]+['’]s? $")


def _anniversary(groups: Groups, c: Context) -> str | None:
    """The year (or day) so many years after the date that the text says is remembered."""
    count = int(re.sub(r"\D", "", groups.get("nthbig") or "0")) or int(
        c.word("ordinal", groups.get("dayword")) or c.word("jubilee", groups.get("jubilee")) or 0
    )
    match = _OF_DATE.match(c.text, c.end) or _YEAR_OWNER.search(c.text, max(0, c.start - NEAR), c.start)
    if match is None:
        return None
    found = match.groupdict()
    if found.get("attack"):
        start, end, first = match.start("attack"), match.end("attack"), "2001-09-11"
    else:
        start, end, first = match.start("year"), match.end("year"), match["year"]
        month, day = c.word("month", found.get("month")), found.get("day") or found.get("day2")
        if month is not None:
            start = match.start("day") if found.get("day") else match.start("month")
            first = f"{first}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    c.anchor = f"text={first}@{c.unit}:{start}-{end}"
    return f"{int(first[:4]) + count:04d}{first[4:]}"


def _fiscal_year(groups: Groups, c: Context) -> str | None:
    return _short_range(groups, c) if groups.get("short") else groups["year"]


def _fiscal_short(groups: Groups, c: Context) -> str | None:
    short = int(groups["short"] or 0)
    return f"{full_year(short):04d}"


def _decade_of_two_figures(groups: Groups, c: Context) -> str | None:
    if not re.search(r"\bthe (?:early |late |mid[- ]?)?$", c.before) or c.beside("levelled"):
        return None
    return f"19{(groups['decade'] or '')[:1]}"


def _year_alone(groups: Groups, c: Context) -> str | None:
    return groups["year"] if int(groups["year"] or 0) >= _COMMON_ERA_ONLY else None


_COMMON_ERA_ONLY = 1500  # an earlier year beside a feast may be counted from the Hijra

VALUES: Mapping[str, Value] = {
    "spelled_decade": _spelled_decade,
    "nicknamed_decade": _nicknamed_decade,
    "spelled_year": _spelled_year,
    "year": _plain_year,
    "year_bc": _year_bc,
    "part_bc": _part_bc,
    "decade_bc": _decade_bc,
    "year_ad": _year_ad,
    "short_year": _short_year,
    "bare_bc_year": _bare_bc,
    "decade": _decade,
    "decade_word": _decade_word,
    "century": _century,
    "short_range": _short_range,
    "turn": _turn,
    "decade_of_century": _decade_of_century,
    "millennium": _millennium,
    "anniversary": _anniversary,
    "fiscal_year": _fiscal_year,
    "fiscal_short": _fiscal_short,
    "decade_of_two_figures": _decade_of_two_figures,
    "year_alone": _year_alone,
}
