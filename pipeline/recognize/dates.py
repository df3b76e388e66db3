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
from pipeline.recognize.date_grammar import DateRule, Grammar, load_grammar
from pipeline.recognize.date_resolve import VALUES
from pipeline.recognize.date_values import DateValue, from_timex, span_of
from pipeline.records import Modifier

__all__ = ["DateMention", "Grammar", "find_dates", "load_grammar"]

_WORD = re.compile(r"[A-Za-z]+|['’]?\d+")
_EXPLICIT_YEAR = re.compile(r"(?<![\d$€£.,])\b(1[5-9]\d\d|20\d\d|\d{1,3} BCE?)\b(?![,.]?\d)")
_SLASH = re.compile(r"\b(\d{1,2})/(\d{1,2})/\d{4}\b")
_BEFORE_ERA = re.compile(r"\d (?:BC|BCE|B\.C\.)")
_MODIFIER = re.compile(
    r"\b(?:(?P<early>early(?:[- ]{1,2}(?:to|or|and)[- ]mid(?:dle)?)?(?: in| on in)?"
    r"|(?:the )?(?:(?:very )?(?:beginning|start|outset|turn)"
    r"|(?:first|early|opening) (?:half|part|years|months|weeks|days|decades|third)) of)"
    r"|(?P<mid>mid|(?:the )?middle of)"
    r"|(?P<late>(?:mid(?:dle)?[- ]{1,2}(?:to|or|and)[- ])?lat(?:e|er|ter)(?: in)?|(?:the )?(?:(?:very )?(?:end|close)"
    r"|(?:second|latter|last|final|later|closing|dying)"
    r" (?:half|part|years|months|weeks|days|decades|quarter|third)) of)"
    r"|(?P<circa>circa|c\.|ca\.?|around|about|approximately|roughly|some))(?: the)?[ -]$|(?P<sign>~|\bca?\.)$",
    re.IGNORECASE,
)
_MODIFIERS: tuple[Modifier, ...] = ("early", "mid", "late", "circa")
_PARTS: dict[str, Modifier] = {
    "beginning": "early", "start": "early", "middle": "mid", "end": "late", "close": "late", "later": "late",
    "earlier": "early",
}  # fmt: skip
_AFTER_PREFIX = re.compile(
    r"(?:\bca?\.|\b(?:[Pp]ost|[Pp]re|[Mm]id|[Ee]arly|[Ll]ate)[-–]|\b(?:1[5-9]|20)\d\d ?[-–—/]|BC[-–]"
    r"|[A-Z][a-z]+[-–/]|(?:spring|summer|autumn|fall|winter)/|\d{3}[-–])$"
)
_BOUND = re.compile(
    r"\b(?:(?P<before>not after|no later than|on or before|before|by|until|till|up to|prior to)"
    r"|(?P<after>not before|no earlier than|on or after|after|since|from and after|following))(?: at least)?(?: the)? $"
    r"|\b(?:(?P<pre>pre)|post)[-–]$",
    re.IGNORECASE,
)
_ONWARDS = re.compile(
    r" (?:onwards?|and after|or later|and later|at the earliest)\b| on(?=[,.;)]|$)"
    r"|(?P<before> (?:(?:or|and) (?:earlier|before)\b(?! the)|at the latest\b))",
    re.IGNORECASE,
)
_THE = re.compile(r"\b(?:the|this|that) $", re.IGNORECASE)
_NO_START = re.compile(r"(?:[\w$€£/#&]|\d[.,:]|[A-Z0-9][-–]|\.)$")
_JOIN = re.compile(r"(?: ?[–—] ?|-|/| to | until | till | through | and )(?:the )?")
_FROM = re.compile(r"\b(?P<word>from|between)(?: the)? $", re.IGNORECASE)


_LOOK_BACK = re.compile(r"\b(?:ago|earlier|before|previously|prior)$", re.IGNORECASE)
_ASIDE = re.compile(r"\b(?:until|since)\b[^.;,]*$|\([^)]*$")
_BLANKS = {ord(blank): " " for blank in "\n\t\u00a0\u2007\u2009\u202f"}
_NEWS = re.compile(
    r"\b(?:yesterday|tomorrow|tonight|last (?:night|week(?! of)|month)|this (?:week|month|morning|afternoon|evening))\b"
    r"|\b(?:said|told|says|reported|announced|on|late|early|by|until|since|next|last) "
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"(?!,? (?:the )?(?:\d|[A-Z][a-z]+ \d))"
)
_SHORT = 30  # units for which one word of news is enough to tell that an article is news
_STORY_UNITS = 10  # units after which a narration without months or days has moved on
_LEAD = 16  # characters before a date that still opens its sentence ("Early in 1917")
_HEADING = 50  # characters of a unit too short for a sentence with an aside


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression; `anchor` is what placed a relative one: `published=…` or `text=<value>@<unit>:<start>-<end>`."""

    unit: int
    start: int
    end: int
    text: str
    value: DateValue
    rule_id: str
    confidence: float
    anchor: str | None


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
            mentions = _ranges(text, [mention for mention in mentions if _is_record(mention)])
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
        rules = by_first.get(head.lower()) or (by_first["#"] if head[-1].isdigit() else None)
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
            return _mention(number, text, start, match.end(), timex, rule, context.anchor)
    return None


def _mention(
    number: int, text: str, start: int, end: int, timex: str, rule: DateRule, anchor: str | None
) -> DateMention:
    modifier = rule.modifier
    value = from_timex(timex, repeated=rule.repeated)
    if rule.id in ("dates.read_part_of_this_unit", "dates.read_which_unit"):
        modifier = _PARTS.get(text[start:end].split()[0].lower())
    if value.type in ("DATE", "DURATION") and "REF" not in timex and modifier is None:
        found = _MODIFIER.search(text, max(0, start - 36), start)
        if found and (value.type == "DURATION") and not (found["circa"] and value.timex[1:2].isdigit()):
            found = None
        if found and not (found["circa"] and rule.id == "dates.read_which_unit"):
            modifier = next((name for name in _MODIFIERS if found[name]), "circa")
            start = found.start()
    the = _THE.search(text, max(0, start - 6), start)
    if (
        the
        and rule.id != "dates.read_year"
        and value.type != "SET"
        and not (the[0][0] in "tT" and the[0].lower() != "the " and value.type == "DURATION")
    ):
        start = the.start()
    if modifier is None and value.placed:
        modifier = _open_end(text, start, end)
    if not value.placed:
        anchor = None
    confidence = 0.7 if anchor else 0.95
    return DateMention(
        number, start, end, text[start:end], replace(value, modifier=modifier), rule.id, confidence, anchor
    )


def _open_end(text: str, start: int, end: int) -> Modifier | None:
    """Which side of a date is meant: "since 1991", "post-1991", "1991 onwards"; None for the date itself."""
    bound = _BOUND.search(text, max(0, start - 16), start) or _ONWARDS.match(text, end)
    if bound is None:
        return None
    sides = bound.groupdict()
    return "before" if sides.get("before") or sides.get("pre") else "after"


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


def _ranges(text: str, mentions: Sequence[DateMention]) -> list[DateMention]:
    """Join "from A to B", "between A and B" and "A–B" to one range."""
    joined: list[DateMention] = []
    for mention in mentions:
        range_ = _joined(text, joined[-1], mention) if joined else None
        if range_ is not None:
            joined[-1] = range_
        else:
            joined.append(mention)
    return joined


def _joined(text: str, first: DateMention, last: DateMention) -> DateMention | None:
    gap = _JOIN.fullmatch(text, first.end, last.start)
    if gap is None or not (first.value.placed and last.value.placed) or "/" in first.value.timex + last.value.timex:
        return None
    lead = _FROM.search(text, max(0, first.start - 14), first.start)
    word = lead["word"].lower() if lead else None
    if "and" in gap[0] and word != "between":
        return None
    opened, closed = _from_year(first, last), last.value
    if word == "from":
        opened, closed = _in_order(opened, closed, first.anchor, last.anchor)
    value = span_of(opened, closed)
    if "circa" in (first.value.modifier, last.value.modifier):
        value = replace(value, modifier="circa")
    if not value.placed or value.edtf == first.value.edtf:
        return None
    start = lead.start() if lead else first.start
    anchor = first.anchor or last.anchor
    return DateMention(first.unit, start, last.end, text[start : last.end], value, "dates.join_range", 0.95, anchor)


def _in_order(
    first: DateValue, last: DateValue, first_anchor: str | None, last_anchor: str | None
) -> tuple[DateValue, DateValue]:
    """In "from November to March" the ends lie in two years: the later one where the text stands, or begins."""
    bare = {first.precision, last.precision} <= {"month", "day"} and first_anchor and last_anchor
    if not bare or first.earliest is None or last.latest is None or first.earliest <= last.latest:
        return first, last
    known = re.search(r"=\d{4}-(\d\d)", first_anchor or "")
    if first.earliest.month <= last.latest.month:  # both in one year
        return from_timex(last.timex[:4] + first.timex[4:]), last
    if known is not None and int(known[1]) <= first.earliest.month:
        return from_timex(f"{last.latest.year - 1:04d}{first.timex[4:]}"), last
    return first, from_timex(f"{first.earliest.year + 1:04d}{last.timex[4:]}")


def _from_year(first: DateMention, last: DateMention) -> DateValue:
    """In "from March to June 2011" the first month has the year of the last."""
    if (
        first.value.precision in ("month", "day")
        and first.anchor
        and last.anchor is None
        and last.value.timex[:4].isdigit()
    ):
        return from_timex(last.value.timex[:4] + first.value.timex[4:])
    return first.value
