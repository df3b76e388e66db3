"""How the groups of a rule for full and partial dates become a TIMEX3 value."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from datetime import date

from pipeline.recognize.date_context import (
    SEASON_MONTH,
    Context,
    Groups,
    Value,
    day_number,
    day_of,
    first_of,
    in_a_name,
    in_winter,
    month_is_verb,
    month_number,
    near_year,
    shares_year,
    year_in,
)
from pipeline.recognize.date_feasts import feast_day, nth_weekday
from pipeline.recognize.date_values import month_end, valid_day

_LISTED = re.compile(r"(?:\d{1,4}(?: ?[-–/] ?| to |,? and |,? or |, ))+$")  # "pages 1990–1995"
_TELEPHONE = re.compile(r"(?:\d\d |(?<!\d)\d{3}[-–])$")


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
    if month is None or day is None or not 1 <= day <= 31 or c.grammar.around["addressed"].match(c.text, c.end):
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


def _slash_day(groups: Groups, c: Context) -> str | None:
    day_first = True if groups["sep"] == "." else c.day_first  # no country writes the month before a full stop
    return None if _is_number(c) else _in_figures(groups, int(groups["year"] or 0), day_first)


def _short_slash_day(groups: Groups, c: Context) -> str | None:
    short = int(groups["short"] or 0)
    return _in_figures(groups, (2000 if short < _PIVOT else 1900) + short, None)


_PIVOT = 50  # two figures from here on are of the twentieth century
_MONTHS = 12


def _in_figures(groups: Groups, year: int, day_first: bool | None) -> str | None:
    """A day in figures, when only one order is possible or the article's order is known."""
    a, b = (int(re.sub(r"\D", "", groups[name] or "0")) for name in "ab")
    if max(a, b) <= _MONTHS and a != b and day_first is None:
        return None
    day, month = (a, b) if a > _MONTHS or (b <= _MONTHS and day_first) else (b, a)
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _is_number(c: Context) -> bool:
    """Whether what stands before or after a figure says that it counts or numbers something."""
    before, around = c.text[max(0, c.start - _BEFORE) : c.start], c.grammar.around
    return bool(
        _TELEPHONE.search(before)
        or around["numbered"].search(_LISTED.sub("", before))
        or around["titled"].search(before)
        or around["counted"].match(c.text, c.end)
        or around["addressed"].match(c.text, c.end)
    )


_BEFORE = 40  # characters before a figure that say what it is


def _plain_year(groups: Groups, c: Context) -> str | None:
    year = int(groups["year"] or 0)
    if _is_number(c):
        return None
    before, after = c.text[max(0, c.start - 24) : c.start], c.text[c.end : c.end + 40]
    dated = re.search(
        r"(?:\b(?:in|since|by|until|till|from|of|before|after|early|late|mid|around|year|circa|ca?\.|ca|and|to|between"
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
    if not re.search(
        r"\b(?:in|of|since|until|by|from|late|early|mid|\d*\d\d(?:,| and|, and)) $", c.text[: c.start], re.I
    ):
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
    listed = [first, *map(int, re.findall(r"\d+", groups["listed"] or "")), last]
    between = re.search(r"\bbetween (?:the )?$", c.text[: c.start], re.I)
    if "and" in (groups["gap"] or "") and not between and listed != list(range(first, last + 1)):
        return None  # single days
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
    if c.grammar.around["counted"].match(c.text, c.end) or re.match(r" [a-z]+s\b|[-–]", c.text[c.end :]):
        return None
    return f"BC{number:04d}"


def _decade(groups: Groups, c: Context) -> str | None:
    digits = re.sub(r"\D", "", groups["decade"] or "")
    return digits[:3] if len(digits) == 4 else f"19{digits[0]}"


def _decade_word(groups: Groups, c: Context) -> str | None:
    before = re.search(r"\bthe (?:(?P<which>[a-z]{3,})[- ])?$", c.text[: c.start], re.I)
    if before is None or _is_titled(c) or (before["which"] or "").lower() in ("high", "low", "upper", "lower"):
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
    if not whole or rest > 99 or not _DATED.search(c.text, 0, c.start) or re.match("-| times| years", c.text[c.end :]):
        return None
    return f"{c.word('spelled_century', groups['hundreds'])}{rest:02d}"


_DATED = re.compile(r"\b(?:in|since|of|by|until|before|after|from|to|early|late|mid)[ -]$", re.I)


def _is_titled(c: Context) -> bool:
    """Whether a capital goes on behind a capital: "the Twenties Club", "the 21st Century Fund"."""
    last = c.text[c.start : c.end].split()[-1]
    return last[0].isupper() and re.match(r" [A-Z]", c.text[c.end :]) is not None


def _century(groups: Groups, c: Context) -> str | None:
    number = day_number(groups, c)
    if number is None or not 1 <= number <= 30 or _is_titled(c):
        return None
    return f"{'BC' if groups.get('bc') else ''}{number - 1:02d}"


def _season(groups: Groups, c: Context) -> str | None:
    season = c.word("season", groups["season"])
    year = year_in(groups)
    if groups.get("over") and season != "WI":
        return None
    if year is None:
        if in_a_name(c):
            return None
        if season == "FA" and groups["season"] == "fall" and re.match(r" of\b", c.text[c.end :]):
            return None
        plain = not c.records and (groups["season"] or "").lower() in ("summer", "winter", "autumn")
        plain = plain or shares_year(c) is not None
        if not plain and not re.search(
            r"\b(?:the|that|this|early|late|mid|in|of|by|last|next|following) $", c.text[: c.start], re.I
        ):
            return None
        if c.narrative and c.story and c.story.startswith("BC"):
            c.anchor = c.story_anchor
            return f"{c.story[:6]}-{season}"
        year = near_year(c, SEASON_MONTH[season or ""])
        if year is not None and season == "WI" and c.anchor == c.story_anchor and in_winter(c.story):
            year -= 1  # the winter that is not over yet
    return f"{year:04d}-{season}" if year is not None else f"XXXX-{season}"


def _quarter(groups: Groups, c: Context) -> str | None:
    letter = "Q" if (groups["kind"] or "").lower() == "quarter" else "H"
    number = (4 if letter == "Q" else 2) if groups.get("last") else day_number(groups, c)
    year = year_in(groups)
    if number is None or number > (4 if letter == "Q" else 2) or (groups.get("last") and year is None):
        return None
    halved = "-" in c.text[c.start : c.end]  # "first-half profit"
    after = c.text[c.end :]
    if year is None and letter == "H" and not halved and not re.match(r" of (?:the|this|last) (?:year|fiscal)", after):
        return None
    if year is None and re.match(r" of (?!(?:the|this|last|next|fiscal) ?(?:year|fiscal|\d))", after):
        return None
    return _part_of_year(number, letter, year, c)


def _named_day(groups: Groups, c: Context) -> str | None:
    if re.match(r" of\b", c.text[c.end :]):
        return None  # a fraction
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
    if _is_number(c) or re.match(r"/[A-Z]", c.text[c.end :]):
        return None
    return f"{year:04d}/{last:04d}" if last > year else None


_CENTURY_NEAR = 50  # years from an anchor to the turn of its century


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


def _first_or_last_day(groups: Groups, c: Context) -> str | None:
    year, month = int(groups["year"] or 0), month_number(groups, c)
    if re.match(r" [a-z]+s\b", c.text[c.end :]):
        return None
    if groups["first"]:
        return f"{year:04d}-{month or 1:02d}-01"
    return month_end(year, month or _MONTHS).isoformat()


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


_WEEKS = 5  # that a month can have of one weekday


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
    match = _OF_DATE.match(c.text, c.end) or _YEAR_OWNER.search(c.text[: c.start])
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


def _quarter_code(groups: Groups, c: Context) -> str | None:
    letter, number, year = groups["letter"] or "", int(groups["number"] or 0), year_in(groups)
    if groups.get("short"):
        year = int(_fiscal_short(groups, c) or 0)
    if letter == "H" and (number > 2 or year is None):
        return None
    return _part_of_year(number, letter, year, c)


def _part_of_year(number: int, letter: str, year: int | None, c: Context) -> str | None:
    if year is None:
        now = day_of(c.in_text() if c.narrative else c.of_writing())
        if now is None:
            return f"XXXX-{letter}{number}"
        current = (now.month - 1) // (3 if letter == "Q" else 6) + 1
        year = now.year if number <= current or c.future() else now.year - 1
    return f"{year:04d}-{letter}{number}"


def _fiscal_year(groups: Groups, c: Context) -> str | None:
    return _short_range(groups, c) if groups.get("short") else groups["year"]


def _fiscal_short(groups: Groups, c: Context) -> str | None:
    short = int(groups["short"] or 0)
    return f"{'20' if short < _PIVOT else '19'}{short:02d}"


def _decade_of_two_figures(groups: Groups, c: Context) -> str | None:
    before = c.text[max(0, c.start - 40) : c.start]
    if not re.search(r"\bthe (?:early |late |mid[- ]?)?$", before) or re.search(
        r"high|low|temperature|degree", before, re.I
    ):
        return None
    return f"19{(groups['decade'] or '')[:1]}"


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


_ANY_YEAR = 2011  # stands for every year where only the month of a feast matters
_LAST_YEAR = 4000  # the reckoning of Easter is not trusted for longer


def _year_alone(groups: Groups, c: Context) -> str | None:
    return groups["year"] if int(groups["year"] or 0) >= _COMMON_ERA_ONLY else None


_COMMON_ERA_ONLY = 1500  # an earlier year beside a feast may be counted from the Hijra


def _named_attack(groups: Groups, c: Context) -> str | None:
    day = c.word("named_attack", groups["named_attack"])
    return None if day is None or (c.published is not None and day > c.published.isoformat()) else day


def _named_event(groups: Groups, c: Context) -> str | None:
    known = re.search(r"\b(?:after|before|since|until|following) (?:the attack on )?$", c.text[: c.start], re.I)
    return c.word("named_event", groups["named_event"]) if known else None


VALUES: Mapping[str, Value] = {
    "day": day_in,
    "month": _month,
    "iso_day": _iso_day,
    "slash_day": _slash_day,
    "short_slash_day": _short_slash_day,
    "spelled_decade": _spelled_decade,
    "nicknamed_decade": _nicknamed_decade,
    "spelled_year": _spelled_year,
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
    "iso_week": _iso_week,
    "week_of_day": _week_of_day,
    "week_of_month": _week_of_month,
    "turn": _turn,
    "nth_weekday": _nth_weekday,
    "first_or_last_day": _first_or_last_day,
    "decade_of_century": _decade_of_century,
    "millennium": _millennium,
    "anniversary": _anniversary,
    "quarter_code": _quarter_code,
    "fiscal_year": _fiscal_year,
    "fiscal_short": _fiscal_short,
    "decade_of_two_figures": _decade_of_two_figures,
    "feast": _feast,
    "year_alone": _year_alone,
    "named_attack": _named_attack,
    "named_event": _named_event,
}
