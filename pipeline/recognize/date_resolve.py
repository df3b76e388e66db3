"""How the groups of a date rule become a TIMEX3 value, against the anchors a text offers.

Anchors are the publication date and the dates the text gave before. Nothing else: without one, a relative expression
keeps its unresolved value (`XXXX-03`). The clock is never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.recognize.date_grammar import Grammar
from pipeline.recognize.date_values import from_timex, shift, valid_day

_FUTURE = re.compile(
    r"\b(?:will|starts|begins|opens|set to|could|shall|would|plans?|planned|scheduled|expects?|expected|due|going to"
    r"|to be)\b",
    re.I,
)
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
_YEAR_AHEAD = re.compile(
    r"(?: ?[-–] ?| and | to | until | till | through | or |, )(?:the )?(?:early |mid-|late |end of )?(?:\d{1,2} )?"
    r"(?P<month>[A-Z][a-z]+\.?)(?: \d{1,2})?,? (?P<year>1\d\d\d|20\d\d)\b"
)
_TELEPHONE = re.compile(r"(?:\d\d |(?<!\d)\d{3}[-–])$")
_VERBAL_MAY = re.compile(
    r"(?:in|of|by|since|until|till|during|from|to|and|early|mid|late|last|next|this|between|before|after|on) $", re.I
)


@dataclass(slots=True)
class Context:
    """What is known where an expression stands; `reference` is the last placed TIMEX3 value before it, if near."""

    grammar: Grammar
    text: str
    start: int
    end: int
    published: date | None
    narrative: bool  # bare names follow the dates of the text, not the publication date
    day_first: bool | None  # order of all-figure dates, None when nothing settles it
    reference: str | None
    reference_anchor: str | None
    story: str | None  # the year or day at which the narration stands: what places bare months and days
    story_anchor: str | None
    records: bool  # only what a calendar places is wanted
    bc: bool
    anchor: str | None = None

    def word(self, lexicon: str, text: str | None) -> str | None:
        return None if text is None else self.grammar.meaning(lexicon, text)

    def now(self, *, prefer_text: bool = False) -> str | None:
        """The anchor value: the text's own last date in a narrative, else the publication date."""
        if (self.narrative or prefer_text) and self.reference:
            self.anchor = self.reference_anchor
            return self.reference
        if prefer_text and self.records:
            return None
        if self.published and not self.narrative:
            self.anchor = f"published={self.published.isoformat()}"
            return self.published.isoformat()
        return None

    def future(self) -> bool:
        return bool(_FUTURE.search(self.text, max(0, self.start - 80), self.start))


Groups = Mapping[str, str | None]
Value = Callable[[Groups, Context], str | None]


def year_of(timex: str | None) -> int | None:
    match = re.match(r"\d{4}", timex or "")
    return int(match[0]) if match else None


def day_of(timex: str | None) -> date | None:
    """The first day of a placed value."""
    return from_timex(timex).earliest if timex else None


def _first(groups: Groups, *names: str) -> str | None:
    return next((groups[name] for name in names if groups.get(name)), None)


def _year(groups: Groups) -> int | None:
    text = _first(groups, "year", "year2")
    return int(text) if text else None


def _day_number(groups: Groups, c: Context) -> int | None:
    text = _first(groups, "day", "day2")
    if text:
        return int(re.sub(r"\D", "", text))
    word = c.word("ordinal", groups.get("dayword"))
    return int(word) if word else None


def _month_number(groups: Groups, c: Context) -> int | None:
    text = c.word("month", _first(groups, "month", "month2"))
    return int(text) if text else None


def _month_is_verb(groups: Groups, c: Context) -> bool:
    """Small "may" and "march", and "May"/"March" where nothing before them says calendar, are not months."""
    name = _first(groups, "month", "month2") or ""
    if name[:1].islower():
        return True
    if name.lower() in ("may", "march", "mar", "jan", "jun", "dec", "august") and c.end - c.start == len(name):
        return not _VERBAL_MAY.search(c.text, 0, c.start)
    return False


def _story_year(c: Context, month: int) -> int | None:
    """The year of a bare month in a narration, which runs on into January after a December."""
    year = year_of(c.story)
    if year is None:
        return None
    c.anchor = c.story_anchor
    known = re.match(r"\d{4}-(\d\d)", c.story or "")
    return year + 1 if known and month < int(known[1]) - 8 else year


def _near_year(c: Context, month: int, day: int | None = None) -> int | None:
    """The year of a bare month or day."""
    now = day_of(c.now())
    ahead = _YEAR_AHEAD.match(c.text, c.end)
    if ahead:
        last = int(c.word("month", ahead["month"]) or 12)
        return int(ahead["year"]) - (month > last)
    if c.narrative:
        return _story_year(c, month)
    if now is None:
        return None
    if c.future():
        return now.year if (month, day or 31) >= (now.month, now.day) else now.year + 1
    return now.year if month <= now.month else now.year - 1


def _day(groups: Groups, c: Context) -> str | None:
    month, day, year = _month_number(groups, c), _day_number(groups, c), _year(groups)
    if month is None or day is None or not 1 <= day <= 31:
        return None
    if (_first(groups, "month", "month2") or "x") in ("may", "march", "mar"):
        return None
    if year is None:
        if (_first(groups, "month", "month2") or "x")[0].islower():
            return None
        if (month, day) == (9, 11) and (c.records or c.now() is None):
            return "2001-09-11"
        year = _near_year(c, month, day)
    if year is None:
        return f"XXXX-{month:02d}-{day:02d}"
    return f"{year:04d}-{month:02d}-{day:02d}" if valid_day(year, month, day) else None


def _month(groups: Groups, c: Context) -> str | None:
    month, year = _month_number(groups, c), _year(groups)
    if month is None or (_month_is_verb(groups, c) and year is None):
        return None
    if year is None:
        if c.story and c.story.startswith("BC") and c.narrative:
            c.anchor = c.story_anchor
            return f"{c.story[:6]}-{month:02d}"
        year = _near_year(c, month)
    elif (_first(groups, "month") or "x")[0].islower():
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
        f"{int(_first(groups, 'num', 'num2') or 0):04d}"
        if re.search(r"AD|A\.D\.|CE", c.text[c.start : c.end])
        else None
    )


def _year_bc(groups: Groups, c: Context) -> str | None:
    return f"BC{int(groups['num'] or 0):04d}"


def _part_bc(groups: Groups, c: Context) -> str | None:
    """A month or season of a year before the common era."""
    month = _month_number(groups, c) if groups.get("month") else None
    part = f"{month:02d}" if month is not None else c.word("season", groups.get("season"))
    return f"BC{int(groups['num'] or 0):04d}-{part}" if part else None


def _decade_bc(groups: Groups, c: Context) -> str | None:
    return f"BC{int(groups['tens'] or 0):03d}"


def _figures(text: str | None) -> int:
    return int(re.sub(r"\D", "", text or "0"))


def _day_range(groups: Groups, c: Context) -> str | None:
    month, first, last = _month_number(groups, c), _figures(groups["from"]), _figures(groups["to"])
    if month is None or (_first(groups, "month", "month2") or "x")[0].islower() or first >= last:
        return None
    year = _year(groups) or _near_year(c, month, first)
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
    number = _day_number(groups, c)
    if number is None or not 1 <= number <= 30:
        return None
    return f"{'BC' if groups.get('bc') else ''}{number - 1:02d}"


def _season(groups: Groups, c: Context) -> str | None:
    season = c.word("season", groups["season"])
    year = _year(groups)
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
        year = _near_year(c, {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[season or ""])
    return f"{year:04d}-{season}" if year is not None else f"XXXX-{season}"


def _quarter(groups: Groups, c: Context) -> str | None:
    number, letter = _day_number(groups, c), "Q" if (groups["kind"] or "").lower() == "quarter" else "H"
    if number is None or number > (4 if letter == "Q" else 2):
        return None
    year = _year(groups)
    if year is None:
        if letter == "H" and not re.match(r" of (?:the|this|last) (?:year|fiscal)", c.text[c.end :]):
            return None
        now = day_of(c.now())
        if now is None:
            return f"XXXX-{letter}{number}"
        current = (now.month - 1) // (3 if letter == "Q" else 6) + 1
        year = now.year if number <= current or c.future() else now.year - 1
    return f"{year:04d}-{letter}{number}"


def _weekday(groups: Groups, c: Context) -> str | None:
    name = groups["weekday"] or ""
    number = c.word("weekday", name)
    if number is None or name[0].islower():
        return None
    daytime = c.word("daytime", groups.get("daytime"))
    suffix = f"T{daytime}" if daytime else ""
    if c.narrative or c.published is None:
        return f"XXXX-WXX-{number}{suffix}"
    back = (c.published.isoweekday() - int(number)) % 7
    c.now()
    moved = shift(c.published, 7 - back if c.future() and back else -back, "D")
    return f"{moved}{suffix}" if moved else None


def _named_day(groups: Groups, c: Context) -> str | None:
    return c.word("named_day", groups["named_day"])


def _nine_eleven(groups: Groups, c: Context) -> str | None:
    return "2001-09-11"


def _holiday(groups: Groups, c: Context) -> str | None:
    day, year = c.word("holiday", groups["holiday"]), _year(groups)
    if year is None and day is not None:
        year = _near_year(c, int(day[:2]), int(day[3:]))
    daytime = c.word("daytime", groups.get("daytime"))
    return f"{year if year is not None else 'XXXX'}-{day}" + (f"T{daytime}" if daytime else "")


def _today(groups: Groups, c: Context) -> str | None:
    word = (groups["today"] or "").lower()
    daytime = "NI" if word == "tonight" else c.word("daytime", groups.get("daytime"))
    if c.published is None or c.narrative:
        return "PRESENT_REF" if word == "today" else f"XXXX-XX-XX{'T' + daytime if daytime else ''}"
    c.now()
    moved = shift(c.published, {"yesterday": -1, "tomorrow": 1}.get(word, 0), "D")
    return f"{moved}T{daytime}" if daytime and moved else moved


_STEPS = {
    "last": -1,
    "past": -1,
    "previous": -1,
    "preceding": -1,
    "next": 1,
    "following": 1,
    "coming": 1,
    "upcoming": 1,
}


def _which_unit(groups: Groups, c: Context) -> str | None:
    unit, which = c.word("calendar_unit", groups["unit"]) or "", (groups["which"] or "").lower()
    in_text = which in ("that", "same", "following", "previous", "preceding")
    now = day_of(c.now(prefer_text=in_text))
    if now is None and c.reference and c.reference.startswith("BC") and unit == "Y" and len(c.reference) >= 6:
        c.anchor = c.reference_anchor
        return f"BC{int(c.reference[2:6]) - _STEPS.get(which, 0):04d}"
    if which == "past":
        return f"P1{unit}"
    if which == "the" and c.narrative and c.story:
        c.anchor, now = c.story_anchor, day_of(c.story)
    if now is None or (unit == "D" and len(c.now(prefer_text=in_text) or "") < 10):
        blank = {
            "D": "XXXX-XX-XX",
            "W": "XXXX-WXX",
            "WE": "XXXX-WXX-WE",
            "M": "XXXX-XX",
            "Q": "XXXX-QX",
            "DE": "XXX",
            "CE": "XX",
        }
        return blank.get(unit, "XXXX")
    return shift(now, _STEPS.get(which, 0), unit)


def _which_name(groups: Groups, c: Context) -> str | None:
    which = (groups["which"] or "").lower()
    step = _STEPS.get(which, 0)
    daytime = c.word("daytime", groups.get("daytime") or groups.get("daytime2"))
    if groups.get("month") or groups.get("season"):
        return _which_month_or_season(groups, c, step)
    in_text = which in ("that", "same", "following", "previous")
    now = day_of(c.now(prefer_text=in_text))
    if now is None or len(c.now(prefer_text=in_text) or "") < 10:
        return f"XXXX-XX-XXT{daytime}" if daytime else "XXXX-WXX"
    if groups.get("weekday"):
        ahead = (int(c.word("weekday", groups["weekday"]) or 1) - now.isoweekday()) % 7
        days = ahead or 7 if step > 0 else ahead - 7 if step < 0 else ahead if c.future() or not ahead else ahead - 7
        moved = shift(now, days, "D")
    else:
        moved = shift(now, step, "D")
    return f"{moved}T{daytime}" if daytime and moved else moved


def _which_month_or_season(groups: Groups, c: Context, step: int) -> str | None:
    code = f"{_month_number(groups, c):02d}" if groups.get("month") else c.word("season", groups["season"])
    if groups.get("month") and (groups["month"] or "x")[0].islower():
        return None
    first = int(code) if code and code.isdigit() else {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code or ""]
    now = day_of(c.now())
    if now is None:
        return f"XXXX-{code}"
    year = now.year
    if step < 0 and first >= now.month:
        year -= 1
    elif step > 0 and first <= now.month:
        year += 1
    return f"{year:04d}-{code}"


def _amount(groups: Groups, c: Context) -> str:
    count = groups.get("count")
    if count:
        return c.word("number", count) or count
    vague = c.word("vague_number", groups.get("vague"))
    return vague or "X"


_CLOCK = {"TS": "S", "TM": "M", "TH": "H"}


def _period(amount: str, unit: str) -> str:
    if unit in _CLOCK:
        return f"PT{amount}{_CLOCK[unit]}"
    if unit == "FN":
        return f"P{int(amount) * 2 if amount.isdigit() else 'X'}W"
    if unit == "N":
        unit = "D"
    return f"P{amount}{unit}"


def _duration(groups: Groups, c: Context) -> str | None:
    unit = c.word("unit", groups["unit"]) or "D"
    text = c.text[c.start : c.end].lower()
    if groups.get("half"):
        return {"TH": "PT30M", "Y": "P6M", "DE": "P5Y", "CE": "P50Y", "D": "PT12H", "TM": "PT30S", "M": "P15D"}.get(
            unit
        )
    amount = _amount(groups, c)
    if text.startswith(("a ", "an ")) and (
        unit == "TS" or re.match(r" (?:later|after|before|earlier)", c.text[c.end :])
    ):
        return None
    if text.startswith("some ") and not text.endswith("s"):
        return None
    if re.match(r"(?:-| )old\b", c.text[c.end :]):
        return _period(amount, unit)
    if unit == "Q" and re.match(r" of\b", c.text[c.end :]):
        return None
    if groups.get("which") and not groups.get("count") and not groups.get("vague") and not text.endswith("s"):
        return None
    if re.search("and[ -]a[ -]half", text) and amount.isdigit():
        return f"P{amount}.5{unit}" if unit not in _CLOCK else f"PT{amount}.5{_CLOCK[unit]}"
    return _period(amount, unit)


def _plain_duration(groups: Groups, c: Context) -> str | None:
    unit = c.word("unit", c.text[c.start : c.end].lower().removesuffix("-long"))
    if re.search(
        r"\b(?:the|these|those|all|his|her|their|its|other|[a-z]+[a-z]ing|last|first|school|teenage) $",
        c.text[: c.start],
        re.I,
    ):
        return None
    return _period("X", unit) if unit else None


def _ago(groups: Groups, c: Context) -> str | None:
    unit, amount, ago = c.word("unit", groups["unit"]) or "D", _amount(groups, c), (groups["ago"] or "").lower()
    in_text = ago not in ("ago", "from now", "hence")
    back = ago in ("ago", "earlier", "before", "previously", "prior")
    text = c.text[c.start : c.end].lower()
    if (
        text.startswith("some ")
        and (groups.get("vague") or "").lower() == "some"
        and not (groups["unit"] or "").endswith("s")
    ):
        return None
    if not amount.isdigit():
        return "PAST_REF" if back else "FUTURE_REF"
    value = c.now(prefer_text=in_text) if back or not in_text or c.reference else None
    now, n = day_of(value), -int(amount) if back else int(amount)
    if value and value.startswith("BC") and len(value) >= 6 and unit in ("Y", "DE"):
        moved = int(value[2:6]) - n * (10 if unit == "DE" else 1)
        return f"BC{moved:04d}" if moved > 0 else None
    if unit in _CLOCK:
        return _period(amount, unit) if now is None else f"{now.isoformat()}TXX"
    blank = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "M": "XXXX-XX", "Y": "XXXX"}.get(unit, "XXXX")
    if now is None or value is None:
        return blank
    if unit in ("D", "N") and len(value) < 10:
        return blank
    if unit in ("W", "FN") and in_text and len(value) >= 10:
        return shift(now, n * (2 if unit == "FN" else 1) * 7, "D")
    if unit == "M" and len(value) < 7:
        return blank
    return shift(now, n * (10 if unit == "DE" else 100 if unit == "CE" else 1), "Y" if unit in ("DE", "CE") else unit)


def _set(groups: Groups, c: Context) -> str | None:
    if groups.get("unit"):
        return _period(_amount(groups, c) if groups.get("count") else "1", c.word("unit", groups["unit"]) or "D")
    if groups.get("weekday"):
        return f"XXXX-WXX-{c.word('weekday', groups['weekday'])}"
    if groups.get("month"):
        return f"XXXX-{_month_number(groups, c):02d}"
    return f"XXXX-{c.word('season', groups['season'])}"


def _frequency(groups: Groups, c: Context) -> str | None:
    if re.match(r" (?:telegraph|mail|news|times|star|mirror|herald)\b", c.text[c.end :], re.I):
        return None
    return c.word("adverb_set", groups["adverb_set"])


def _clock(groups: Groups, c: Context) -> str | None:
    time = _clock_time((groups["clock"] or "").lower())
    if time is None:
        return None
    if groups.get("month") or groups.get("month2"):
        day = _day(groups, c)
    else:
        day = _weekday(groups, c) if groups.get("weekday") else c.now(prefer_text=True)
    return f"{day[:10]}T{time}" if day and len(day) >= 10 and day[0].isdigit() else f"XXXX-XX-XXT{time}"


def _clock_time(text: str) -> str | None:
    if text in ("noon", "midnight"):
        return "12:00" if text == "noon" else "24:00"
    hour, minute, half = re.match(r"(\d+)(?:[:.](\d\d))? ?([ap])?", text).groups()  # type: ignore[union-attr]  # <clock> begins so
    value = int(hour) % 12 + (12 if half == "p" else 0) if half else int(hour)
    if int(hour) > 24 or int(minute or 0) > 59:
        return None
    return f"{value:02d}:{minute}" if minute else f"{value:02d}:00"


def _daytime_day(groups: Groups, c: Context) -> str | None:
    day = _day(groups, c)
    return f"{day}T{c.word('daytime', groups['daytime'])}" if day else None


def _reference(groups: Groups, c: Context) -> str | None:
    word = (groups["reference"] or "").lower()
    if word == "once" and not re.match(r"[a-z]", c.text[c.start :]):
        return None
    if word in ("former", "once") and (
        word == "once" or not c.narrative or re.search(r"\b[Tt]he $", c.text[: c.start])
    ):
        return None
    if word in ("the past", "in the past", "recent") and re.match(
        r" (?:\w+ )?(?:years?|days?|weeks?|months?|decades?|centur)", c.text[c.end :]
    ):
        return "PAST_REF" if word == "recent" else None
    return c.word("reference", word)


def _short_range(groups: Groups, c: Context) -> str | None:
    year, short = int(groups["year"] or 0), int(groups["short"] or 0)
    last = year - year % 100 + short
    return f"{year:04d}/{last:04d}" if last > year else None


VALUES: Mapping[str, Value] = {
    "day": _day, "month": _month, "iso_day": _iso_day, "slash_day": _slash_day, "year": _plain_year,
    "year_bc": _year_bc, "part_bc": _part_bc, "decade_bc": _decade_bc, "year_ad": _year_ad,
    "short_year": _short_year, "day_range": _day_range,
    "bare_bc_year": _bare_bc, "decade": _decade, "decade_word": _decade_word, "century": _century,
    "season": _season, "quarter": _quarter, "weekday": _weekday, "named_day": _named_day, "nine_eleven": _nine_eleven, "holiday": _holiday,  # noqa: E501
    "today": _today, "which_unit": _which_unit, "which_name": _which_name, "duration": _duration,
    "plain_duration": _plain_duration, "ago": _ago, "set": _set, "frequency": _frequency, "clock": _clock,
    "daytime_day": _daytime_day, "reference": _reference, "short_range": _short_range,
}  # fmt: skip
