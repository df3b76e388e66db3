"""Calendar expressions of an article: where they stand, what they mean, and which anchor placed them.

Units are walked in order. Rules are tried only at their trigger words; the longest match wins. Relative expressions are
placed by the publication date or by the last date of the same or the previous unit, and the anchor is kept. Without an
anchor they are left out, or, with `keep_unresolved`, given their unplaced TIMEX3 value. The clock is never read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from pipeline.recognize.date_context import Context
from pipeline.recognize.date_grammar import DateRule, Grammar, figure_key, load_grammar
from pipeline.recognize.date_mention import DateMention
from pipeline.recognize.date_modifiers import modifier_before, narrowed, open_end
from pipeline.recognize.date_ranges import join_ranges
from pipeline.recognize.date_resolve import VALUES
from pipeline.recognize.date_values import from_timex

__all__ = ["DateMention", "Grammar", "find_dates", "load_grammar"]

_WORD = re.compile(r"[A-Za-z]+|['’]?\d+")
_EXPLICIT_YEAR = re.compile(r"(?<![\d$€£.,])\b(1[5-9]\d\d|20\d\d|\d{1,3} BCE?)\b(?![,.]?\d)")
_SLASH = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_BEFORE_ERA = re.compile(r"\d (?:BC|BCE|B\.C\.)")
_AFTER_PREFIX = re.compile(
    r"(?:\bca?\.|\b(?:[Pp]ost|[Pp]re|[Mm]id|[Ee]arly|[Ll]ate)[-–]|\b(?:1[5-9]|20)\d\d ?[-–—/]|BC[-–]"
    r"|[A-Z][a-z]+[-–/]|\b[QH][1-4] ?[-–/]|(?:spring|summer|autumn|fall|winter)/|\d{3}[-–])$"
)
_THE = re.compile(r"\b(?:the|this|that) $", re.IGNORECASE)
_NO_START = re.compile(r"(?:[\w$€£/#&]|\d[.,:]|[A-Z0-9][-–]|\.)$")
_LOOK_BACK = re.compile(r"\b(?:ago|earlier|before|previously|prior)$", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:until|since)\b[^.;,]*$|\([^)]*$")
_BLANKS = {ord(blank): " " for blank in "\n\t\u00a0\u2007\u2009\u202f"}
_NEWS = re.compile(
    r"\b(?:yesterday|tomorrow|tonight|last (?:night|week(?! of)|month)|this (?:week|month|morning|afternoon|evening))\b"
    r"|\b(?i:said|told|says|reported|announced|on|late|early|by|until|since|next|last) "
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?!,? (?:the )?(?:\d|[A-Z][a-z]+ \d))"
)
_SHORT = 30  # units for which one word of news is enough to tell that an article is news
_STORY_UNITS = 10  # units after which a narration without months or days has moved on
_LEAD = 16  # characters before a date that still opens its sentence ("Early in 1917")
_HEADING = 50  # characters of a unit too short for a sentence with an aside


@dataclass(slots=True)
class _State:
    """What the walk has learned so far."""

    published: date | None
    narrative: bool
    day_first: bool | None
    bc: bool
    window: int | None  # units back that the last date may lie, None for any
    reference: str | None = None
    reference_unit: int = 0
    reference_anchor: str | None = None
    story: str | None = None
    story_unit: int = 0
    story_anchor: str | None = None
    aside: str | None = None  # the last year named in passing: named twice, the story is there
    aside_unit: int = 0

    def near(self, unit: int, then: int) -> bool:
        return self.window is None or unit - then <= self.window


def find_dates(
    units: Sequence[str],
    *,
    published: date | None = None,
    grammar: Grammar,
    masked: Sequence[tuple[int, int, int]] = (),
    keep_unresolved: bool = False,
) -> list[DateMention]:
    """The dates of one article, sorted by unit and start.

    Args:
        units: the texts of the article's units, in order.
        published: the publication date, when something says so.
        grammar: the rules, from `load_grammar`.
        masked: (unit, start, end) spans in which no date may start, such as instruments whose name holds a year.
        keep_unresolved: annotate as TIMEX3 does: also vague times and expressions nothing places, and both ends of a
            range apart. Without it only values are kept that a calendar places, and durations and sets.
    """
    state = _State(
        published,
        _is_narrative(units, published),
        _day_first(units),
        _mostly_before_era(units),
        None if keep_unresolved else 1,
    )
    hidden: dict[int, list[tuple[int, int]]] = {}
    for unit, start, end in masked:
        hidden.setdefault(unit, []).append((start, end))
    found: list[DateMention] = []
    for number, raw in enumerate(units):
        text = raw.translate(_BLANKS)
        mentions = list(_in_unit(number, text, hidden.get(number, ()), state, grammar))
        if not keep_unresolved:
            mentions = [mention for mention in join_ranges(text, mentions, grammar) if _is_record(mention)]
        if text != raw:
            mentions = [replace(mention, text=raw[mention.start : mention.end]) for mention in mentions]
        found += mentions
    return found


def _is_record(mention: DateMention) -> bool:
    """Placed on the calendar, or a length or a frequency."""
    return mention.value.placed or mention.value.type in ("DURATION", "SET")


def _is_narrative(units: Sequence[str], published: date | None) -> bool:
    """Whether bare names follow the text's own dates: no publication date, or most years are well before it."""
    if published is None:
        return True
    if sum(len(_NEWS.findall(text)) for text in units) >= 1 + len(units) // _SHORT:
        return False
    years = [match[1] for text in units for match in _EXPLICIT_YEAR.finditer(text)]
    old = sum(1 for year in years if not year.isdigit() or int(year) < published.year - 2)
    past = sum(1 for year in years if not year.isdigit() or int(year) < published.year)
    if len(years) >= 3 and old == len(years):
        return True
    return (len(years) >= 6 and old > 0.75 * len(years)) or (len(years) >= 20 and past > 0.8 * len(years))


def _day_first(units: Sequence[str]) -> bool | None:
    """The order of all-figure dates, where an unambiguous one of the article settles it."""
    votes = {int(a) > 12 for text in units for a, b in _SLASH.findall(text) if (int(a) > 12) != (int(b) > 12)}
    return votes.pop() if len(votes) == 1 else None


def _mostly_before_era(units: Sequence[str]) -> bool:
    return any(_BEFORE_ERA.search(text) for text in units)


def _in_unit(
    number: int, text: str, hidden: Sequence[tuple[int, int]], state: _State, grammar: Grammar
) -> Iterator[DateMention]:
    done = 0
    by_first: Mapping[str, tuple[DateRule, ...]] = grammar.by_first
    for word in _WORD.finditer(text):
        start = word.start()
        if start < done:
            continue
        head = word[0]
        rules = by_first.get(head.lower()) or (by_first[figure_key(len(head))] if head[-1].isdigit() else None)
        if rules is None or any(a <= start < b for a, b in hidden):
            continue
        if _NO_START.search(text, max(0, start - 2), start) and not _after_prefix(text, start):
            continue
        mention = _longest(number, text, start, rules, state, grammar)
        if mention is not None:
            done = mention.end
            yield mention
            _remember(mention, text, state)


def _after_prefix(text: str, start: int) -> bool:
    """A date may follow a hyphen in "post-1991" and "mid-July", and the other year in "1991–1995"."""
    return _AFTER_PREFIX.search(text, max(0, start - 16), start) is not None


def _longest(
    number: int, text: str, start: int, rules: Sequence[DateRule], state: _State, grammar: Grammar
) -> DateMention | None:
    matches = [(match, rule) for rule in rules if (match := rule.regex.match(text, start))]
    matches.sort(key=lambda pair: -pair[0].end())
    for match, rule in matches:
        known = state.reference if state.near(number, state.reference_unit) else None
        story = state.story if state.near(number, state.story_unit) else None
        context = Context(
            grammar, number, text, start, match.end(), state.published, state.narrative, state.day_first, known,
            state.reference_anchor, story, state.story_anchor, number - state.story_unit <= 1, state.window is not None,
            state.bc,
        )  # fmt: skip
        timex = VALUES[rule.value](match.groupdict(), context)
        if timex is not None:
            return _mention(timex, rule, context)
    return None


def _mention(timex: str, rule: DateRule, c: Context) -> DateMention:
    text, start, end, anchor = c.text, c.start, c.end, c.anchor
    modifier = rule.modifier
    value = from_timex(timex, repeated=rule.repeated or c.repeated)
    if modifier is None and "REF" not in timex:
        modifier, start = modifier_before(text, start, end, value, rule.id, c.grammar)
    the = _THE.search(text, max(0, start - 6), start)
    if (
        the
        and rule.id != "dates.read_year"
        and value.type != "SET"
        and not (the[0][0] in "tT" and the[0].lower() != "the " and value.type == "DURATION")
    ):
        start = the.start()
    if modifier is None and value.placed:
        modifier = open_end(text, start, end, c.grammar)
    if not value.placed:
        anchor = None
    confidence = 0.7 if anchor else 0.95
    value = narrowed(replace(value, modifier=modifier), text[start:end])
    return DateMention(c.unit, start, end, text[start:end], value, rule.id, confidence, anchor)


def _remember(mention: DateMention, text: str, state: _State) -> None:
    """A placed date of a year or less becomes what later relative expressions refer to.

    The story moves with it, but not for an aside: a look back, or a year inside a sentence while the story has months.
    """
    value = mention.value
    if value.type in ("DATE", "TIME") and value.placed and value.precision not in ("century", "decade"):
        timex = value.timex.split("/")[-1]
        if mention.rule_id == "dates.read_week_of_month":
            timex = timex[: len("2001-01")]  # no day of it in particular
        state.reference, state.reference_unit = timex, mention.unit
        state.reference_anchor = f"text={timex}@{mention.unit}:{mention.start}-{mention.end}"
        if not _is_aside(mention, text, state):
            state.story, state.story_unit, state.story_anchor = timex, mention.unit, state.reference_anchor


def _is_aside(mention: DateMention, text: str, state: _State) -> bool:
    if mention.value.modifier == "before" and mention.value.precision == "year" and not mention.anchor:
        return True
    if _LOOK_BACK.search(mention.text) or _ASIDE.search(text, max(0, mention.start - 50), mention.start):
        return True
    finer = state.story is not None and len(state.story) >= 7 and state.story[0].isdigit()
    recent = mention.unit - state.story_unit <= _STORY_UNITS and state.near(mention.unit, state.story_unit)
    if mention.value.precision != "year" or not finer or not recent:
        return False
    if mention.start <= _LEAD or len(text) <= _HEADING:
        return False
    repeated = state.aside == mention.value.timex and mention.unit - state.aside_unit <= _STORY_UNITS
    state.aside, state.aside_unit = mention.value.timex, mention.unit
    return not repeated
