"""What is known where a calendar expression stands: anchors, tense, and how bare months find their year.

Anchors are the publication date and the dates the text gave before. Nothing else: without one, a relative expression
keeps its unresolved value (`XXXX-03`). The clock is never read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pipeline.recognize.date_grammar import Grammar
from pipeline.recognize.date_tense import tense_at
from pipeline.recognize.date_values import from_timex

NEAR = 120  # characters around an expression that can say what it is: a text of any length costs linear time
_QUOTED = 2000  # characters before an expression in which a quotation is looked for
_HALF_YEAR = 6
_LATELY = 2  # years that a report looks back on
_YEAR_AHEAD = re.compile(
    r"(?:(?:,| and) (?:\d{1,2} )?[A-Z][a-z]+\.?(?: \d{1,2})?)*"
    r"(?:,? and (?:then |again |finally |later )?(?:in |on )?(?:[A-Z][a-z]+day,? )?| ?[-–/] ?"
    r"| to | until | till | through | or |, )(?:the )?(?:early |mid-|late |end of )?(?:\d{1,2} )?"
    r"(?P<month>[A-Z][a-z]+\.?|spring|summer|autumn|fall|winter)(?: \d{1,2})?(?:,| of)? (?P<year>1\d\d\d|20\d\d)\b"
)
SEASON_MONTH = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # where a season begins


@dataclass(slots=True)
class Context:
    """What is known where an expression stands; `reference` is the last placed TIMEX3 value before it, if near."""

    grammar: Grammar
    unit: int
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
    story_close: bool  # it stands in the same unit or the one before
    records: bool  # only what a calendar places is wanted
    bc: bool
    anchor: str | None = None
    repeated: bool = False

    @property
    def before(self) -> str:
        """What stands close before the expression."""
        return self.text[max(0, self.start - NEAR) : self.start]

    @property
    def after(self) -> str:
        """What stands close behind the expression."""
        return self.text[self.end : self.end + NEAR]

    def around(self, guard: str) -> re.Match[str] | None:
        """What a guard finds around the expression."""
        return self.grammar.around[guard].search(self.text, self.start, self.end)

    def beside(self, guard: str) -> bool:
        """Whether what stands around the expression is what the guard looks for."""
        return self.around(guard) is not None

    def habitual(self) -> bool:
        """Whether the text says of a month or day that it means that of every year."""
        self.repeated = self.repeated or self.beside("habit_before") or self.beside("habit_after")
        return self.repeated

    def word(self, lexicon: str, text: str | None) -> str | None:
        return None if text is None else self.grammar.meaning(lexicon, text)

    def in_text(self) -> str | None:
        """The last date of the text, if near: what "the same day" and "two years later" count from, and only that."""
        if self.reference:
            self.anchor = self.reference_anchor
        return self.reference

    def of_writing(self) -> str | None:
        """The publication date, what "last year" and "two days ago" count from; not where others spoke long before."""
        if self.published is None or (self.narrative and (self._quoted() or self.told())):
            return None
        self.anchor = f"published={self.published.isoformat()}"
        return self.published.isoformat()

    def of_report(self) -> str | None:
        """What weekdays and times of day in news count from."""
        return None if self.narrative else self.of_writing()

    def _quoted(self) -> bool:
        before = self.text[max(0, self.start - _QUOTED) : self.start]
        return before.count("“") > before.count("”") or before.count('"') % 2 == 1

    def told(self) -> bool:
        """Whether the text has just named a month or day of earlier years."""
        year = year_of(self.story) if self.story_close and len(self.story or "") > len("2001") else None
        return year is not None and self.published is not None and year < self.published.year - _LATELY

    def ahead(self) -> bool | None:
        """Whether the verb that governs the expression looks ahead (True) or back (False); None without a verb."""
        tense = tense_at(self.grammar, self.text, self.start, self.end, verbs="tense")
        return None if tense is None else tense == "future"

    def future(self) -> bool:
        return self.ahead() is True


Groups = Mapping[str, str | None]
Value = Callable[[Groups, Context], str | None]


def year_of(timex: str | None) -> int | None:
    match = re.match(r"\d{4}", timex or "")
    return int(match[0]) if match else None


def day_of(timex: str | None) -> date | None:
    """The first day of a placed value."""
    return from_timex(timex).earliest if timex else None


def first_of(groups: Groups, *names: str) -> str | None:
    return next((groups[name] for name in names if groups.get(name)), None)


def year_in(groups: Groups) -> int | None:
    text = first_of(groups, "year", "year2")
    return int(text) if text else None


def day_number(groups: Groups, c: Context) -> int | None:
    text = first_of(groups, "day", "day2")
    if text:
        return int(re.sub(r"\D", "", text))
    word = c.word("ordinal", groups.get("dayword"))
    return int(word) if word else None


def month_number(groups: Groups, c: Context) -> int | None:
    text = c.word("month", first_of(groups, "month", "month2"))
    return int(text) if text else None


def month_is_verb(groups: Groups, c: Context) -> bool:
    """Small "may" and "march", and "May"/"March" where nothing before them says calendar, are not months."""
    name = first_of(groups, "month", "month2") or ""
    if name[:1].islower():
        return True
    if name.lower() in ("may", "march", "mar", "jan", "jun", "dec", "august") and c.end - c.start == len(name):
        return not c.beside("timed")
    return False


_DETERMINED = re.compile(r"(?:\b(?:the|an?|its|their|his|her|our|this|that|every|each)|['’]s?) $", re.IGNORECASE)
_OPENS = re.compile(r"(?:^|[.;:!?,(–—/]|\b(?:or|every|each|around) )[\"“'‘]?\s*$", re.IGNORECASE)
_CAPITAL = re.compile(r"\b[A-Z][a-z]+[- ]$")


def in_a_name(c: Context) -> bool:
    """Whether a bare month or season is only a name: "April Smith", "Black September", "Prague Spring"."""
    name = c.text[c.start : c.end]
    if not name[0].isupper():
        return False
    if c.beside("staged"):
        return True
    capital_after = re.match(r"['’]?s? (?!I\b)[A-Z]", c.after)
    before = c.text[max(0, c.start - 24) : c.start]
    if _DETERMINED.search(before):
        return False  # "the October Revolution" stands for its month
    timed = c.beside("timed") or _OPENS.search(before) is not None
    named = _CAPITAL.search(before) is not None if c.word("season", name) else c.beside("named_before")
    capital_before = not timed and named
    if capital_after:  # with capitals on both sides it is an event of that time, "the Chinese Winter Offensive"
        opens = not before.strip() or before.rstrip()[-1] in ".;:!?,(–—/"
        return not capital_before and (not timed or opens)
    return capital_before


def in_winter(timex: str | None) -> bool:
    """Whether a value stands in the months in which the winter of the year before still lasts."""
    return re.match(r"\d{4}-0[123]", timex or "") is not None


_YEAR_STEP = re.compile(r" of the (?P<which>next|following|previous|preceding) year$")
_YEAR_STEP_AHEAD = re.compile(  # "between June and August of the next year"
    r"(?: and | to | until | through | ?[-–] ?)(?:the )?(?:early |mid-|late )?(?:\d{1,2} )?[A-Z][a-z]+(?: \d{1,2})?"
    r" of the (?P<which>next|following|previous|preceding) year\b"
)


_RANGE_BEFORE = re.compile(
    r"\b(?:between|from) (?:early |mid-|late )?(?:\d{1,2} )?[A-Z][a-z]+(?: \d{1,2})?"
    r" (?:and|to|until|through) (?:the )?$",
    re.IGNORECASE,
)


def _story_year(c: Context, month: int) -> int | None:
    """The year of a bare month in a narration, which runs on into January after a December."""
    year = year_of(c.story)
    if year is None:
        return None
    c.anchor = c.story_anchor
    step = _YEAR_STEP.search(c.text[c.start : c.end]) or _YEAR_STEP_AHEAD.match(c.text, c.end)
    if step and _RANGE_BEFORE.search(c.before):
        return year  # the first end of the range has made the step
    if step:
        return year + int(c.word("which", step["which"]) or 0)
    known = re.match(r"\d{4}-(\d\d)", c.story or "")
    return year + 1 if known and month < int(known[1]) - 8 else year


def shares_year(c: Context) -> re.Match[str] | None:
    """The date behind that gives its year to a bare month, day or season: "May and June 1995"."""
    return _YEAR_AHEAD.match(c.text, c.end)


_YEAR_BEHIND = re.compile(r"(?: \d{1,2},?)? (?:of )?(?P<which>last|this|next) year\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?P<which>last|this|next) year,? (?![^;:]*\byear\b)[^.;:]*$", re.IGNORECASE)


_FRAME = re.compile(r"(?:back )?in (?:early |late |mid-)?(?P<year>1\d\d\d|20\d\d)\b", re.IGNORECASE)  # opens a sentence
_APART = re.compile(r"[;:]|\b(?:1\d\d\d|20\d\d|will|would|said|last|next|this)\b")


def near_year(c: Context, month: int, day: int | None = None) -> int | None:
    """The year of a bare month or day; None for what is so every year."""
    if c.habitual():
        return None
    ahead = shares_year(c)
    if ahead:
        season = c.word("season", ahead["month"])
        last = SEASON_MONTH[season] if season else int(c.word("month", ahead["month"]) or 12)
        return int(ahead["year"]) - (month > last)
    if c.narrative or (c.told() and not c.future()):
        return _story_year(c, month)
    framed = _FRAME.match(c.text)
    if framed and framed.end() <= c.start and not _APART.search(c.text, framed.end(), c.start):
        c.anchor = f"text={framed['year']}@{c.unit}:{framed.start('year')}-{framed.end('year')}"
        return int(framed["year"])
    now = day_of(c.of_writing())
    if now is None:
        return None
    beside = _YEAR_BEHIND.match(c.text, c.end) or _YEAR_BEFORE.search(c.text, max(0, c.start - 60), c.start)
    if beside:
        return now.year + {"last": -1, "next": 1}.get(beside["which"].lower(), 0)
    ahead_ = c.ahead()
    if ahead_:
        return now.year if (month, day or 31) >= (now.month, now.day) else now.year + 1
    if ahead_ is None and month > now.month:  # no verb says: the nearer one
        return now.year if month - now.month <= _HALF_YEAR else now.year - 1
    return now.year if month <= now.month else now.year - 1
