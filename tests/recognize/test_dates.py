"""The date rules do what their examples say, values are valid and in order, and relative expressions need an anchor."""

from __future__ import annotations

import re
import time
from datetime import date, timedelta

import pytest
import srsly
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.recognize.date_grammar import RULES, load_grammar
from pipeline.recognize.date_values import from_timex, shift
from pipeline.recognize.dates import DateMention, find_dates

GRAMMAR = load_grammar()
FRIDAY = date(2013, 3, 22)
MARK = re.compile(r"\[([^|\]]+)\|([^\]]+)\]")
FILE = srsly.read_yaml(RULES / "dates.yml")
EXAMPLES = [(rule["id"], example) for rule in FILE["rules"] for example in rule["examples"]]
COUNTERS = [(rule["id"], text) for rule in FILE["rules"] for text in rule["counter_examples"]]
GUARDS = [(name, guard["side"], text) for name, guard in FILE["around"].items() for text in guard["examples"]]
NO_GUARDS = [
    (name, guard["side"], text) for name, guard in FILE["around"].items() for text in guard["counter_examples"]
]
BESIDE = [(one["modifier"], text) for one in FILE["modifiers"] for text in one["examples"]]
NOT_BESIDE = [(one["modifier"], text) for one in FILE["modifiers"] for text in one["counter_examples"]]
PLACE = re.compile(r"\[([^\]]+)\]")


def annotate(*units: str, published: date | None = None) -> list[DateMention]:
    return find_dates(units, published=published, grammar=GRAMMAR, keep_unresolved=True)


def record(*units: str, published: date | None = None) -> list[tuple[str, str | None]]:
    return [(m.text, m.value.edtf) for m in find_dates(units, published=published, grammar=GRAMMAR)]


def test_every_rule_has_examples_and_counter_examples() -> None:
    assert {rule for rule, _ in EXAMPLES} == {rule for rule, _ in COUNTERS} == {rule.id for rule in GRAMMAR.rules}


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(rule: str, example: str) -> None:
    found = annotate(MARK.sub(r"\1", example), published=FRIDAY)
    assert [(m.text, m.value.timex) for m in found if m.rule_id == rule] == MARK.findall(example)


@pytest.mark.parametrize(("rule", "text"), COUNTERS)
def test_counter_example(rule: str, text: str) -> None:
    assert [m.text for m in annotate(text, published=FRIDAY) if m.rule_id == rule] == []


def test_every_guard_and_modifier_has_examples_and_counter_examples() -> None:
    assert {name for name, _, _ in GUARDS} == {name for name, _, _ in NO_GUARDS} == set(GRAMMAR.around)
    assert all(one["examples"] and one["counter_examples"] for one in FILE["modifiers"])


def guarded(name: str, text: str) -> list[bool]:
    """Whether the guard holds at each marked expression."""
    plain = text.replace("[", "").replace("]", "")
    spots = [(mark.start() - 2 * n, mark.end() - 2 * n - 2) for n, mark in enumerate(PLACE.finditer(text))]
    return [GRAMMAR.around[name].holds(plain, start, end) for start, end in spots]


@pytest.mark.parametrize(("name", "side", "text"), GUARDS)
def test_guard(name: str, side: str, text: str) -> None:
    assert GRAMMAR.around[name].side == side
    assert guarded(name, text) == [True]


@pytest.mark.parametrize(("name", "side", "text"), NO_GUARDS)
def test_counter_example_of_guard(name: str, side: str, text: str) -> None:
    assert guarded(name, text) == [False]


@pytest.mark.parametrize(("modifier", "text"), BESIDE)
def test_modifier(modifier: str, text: str) -> None:
    found = find_dates([MARK.sub(r"\1", text)], grammar=GRAMMAR)
    assert [(one.text, one.value.modifier) for one in found] == MARK.findall(text)
    assert {one.value.modifier for one in found} == {modifier}


@pytest.mark.parametrize(("modifier", "text"), NOT_BESIDE)
def test_counter_example_of_modifier(modifier: str, text: str) -> None:
    assert modifier not in {one.value.modifier for one in find_dates([text], grammar=GRAMMAR)}


@pytest.mark.parametrize(
    ("text", "quote", "edtf", "modifier"),
    [
        ("It was signed on 8 September 1951.", "8 September 1951", "1951-09-08", None),
        ("It was signed on September 8th, 1951.", "September 8th, 1951", "1951-09-08", None),
        ("It was signed on 30\u00a0October 1947.", "30\u00a0October 1947", "1947-10-30", None),
        ("It grew in the early 20th century.", "the early 20th century", "19XX", "early"),
        ("It grew in the mid-1980s.", "the mid-1980s", "198X", "mid"),
        ("It dates from c. 1900.", "c. 1900", "1900", "circa"),
        ("It fell by the end of 2022.", "the end of 2022", "2022", "late"),
        ("It has held since March 2011.", "March 2011", "2011-03", "after"),
        ("It stood before 1949.", "1949", "1949", "before"),
        ("Banks fell in autumn 2008.", "autumn 2008", "2008-23", None),
        ("Rome burned it in 146 BC.", "146 BC", "-0145", None),
        ("They sailed in April 480 BC.", "April 480 BC", "-0479-04", None),
        ("After 9/11 laws changed.", "9/11", "2001-09-11", "after"),
        ("After September 11, laws changed.", "September 11", "2001-09-11", "after"),
        ("It ran between 2014 and 2019.", "between 2014 and 2019", "2014/2019", None),
        ("It ran from March to June 2011.", "from March to June 2011", "2011-03/2011-06", None),
        ("It ran from 1991 until 1995.", "from 1991 until 1995", "1991/1995", None),
        ("The talks of 1991–95 failed.", "1991–95", "1991/1995", None),
        ("The talks of 1991-1995 failed.", "1991-1995", "1991/1995", None),
        ("They met on 6-7 January 1916.", "6-7 January 1916", "1916-01-06/1916-01-07", None),
        ("Output fell in the third quarter of 2008.", "the third quarter of 2008", "2008-07/2008-09", None),
    ],
)
def test_value(text: str, quote: str, edtf: str, modifier: str | None) -> None:
    (found,) = find_dates([text], grammar=GRAMMAR)
    assert (found.text, found.value.edtf, found.value.modifier) == (quote, edtf, modifier)
    assert text[found.start : found.end] == quote


@pytest.mark.parametrize(
    "text",
    [
        "Article 5 binds them.",
        "The Council adopted Resolution 1373.",
        "It follows ISO 9001.",
        "It holds 1,550 warheads.",
        "It bought a Boeing 747 and an F-16.",
        "Violence grew in recent years.",
        "Use version 2.10.2011 of it.",
        "It costs $1949 or €2,015.",
        "See page 1949.",
        "Call 555-1951 or 020 7946 1990.",
        "States may march on and march back.",
        "Prices fall in the second year.",
        "It was signed on 9/8/1951.",
        "More than 2000 soldiers left.",
        "The process is ongoing and will change over time.",
    ],
)
def test_not_a_date(text: str) -> None:
    assert record(text) == []


def test_other_dates_of_the_article_settle_the_order_of_figures() -> None:
    assert record("It began on 9/8/1951.", "It ended on 25/12/1991.") == [
        ("9/8/1951", "1951-08-09"),
        ("25/12/1991", "1991-12-25"),
    ]


def test_masked_spans_hold_no_date() -> None:
    text = "The 2001 Bonn Agreement is in force."
    masked = [(0, text.index("2001"), text.index(" is"))]
    assert find_dates([text], grammar=GRAMMAR, masked=masked) == []
    assert [m.text for m in find_dates([text], grammar=GRAMMAR)] == ["2001"]


@pytest.mark.parametrize(
    ("units", "text", "edtf", "anchor"),
    [
        (["It was signed in 1993 and joined two years later."], "two years later", "1995", "text=1993@0:17-21"),
        (
            ["It was signed in May 2007.", "It grew the following month."],
            "the following month",
            "2007-06",
            "text=2007-05@0:",
        ),
        (["It met on 3 May 2007.", "It voted the same day."], "the same day", "2007-05-03", "text=2007-05-03@0:"),
        (["It failed in 1991.", "In March it was tried again."], "March", "1991-03", "text=1991@0:"),
    ],
)
def test_anchor_in_the_text(units: list[str], text: str, edtf: str, anchor: str) -> None:
    found = find_dates(units, grammar=GRAMMAR)[-1]
    assert (found.text, found.value.edtf) == (text, edtf)
    assert found.anchor is not None
    assert found.anchor.startswith(anchor)


@pytest.mark.parametrize(
    ("text", "quote", "timex"),
    [
        ("They met yesterday.", "yesterday", "2013-03-21"),
        ("They met last week.", "last week", "2013-W11"),
        ("They met last year.", "last year", "2012"),
        ("They met on Tuesday.", "Tuesday", "2013-03-19"),
        ("They will meet on Tuesday.", "Tuesday", "2013-03-26"),
        ("They met at 5:30 p.m. Thursday.", "5:30 p.m. Thursday", "2013-03-21T17:30"),
        ("Sales fell in the fourth quarter.", "the fourth quarter", "2012-Q4"),
        ("They met two days ago.", "two days ago", "2013-03-20"),
        ("They met earlier this month.", "earlier this month", "2013-03"),
    ],
)
def test_publication_date_places_news(text: str, quote: str, timex: str) -> None:
    (found,) = annotate(text, published=FRIDAY)
    assert (found.text, found.value.timex, found.anchor) == (quote, timex, "published=2013-03-22")


@pytest.mark.parametrize(
    "text",
    [
        "They met last year.",
        "They met yesterday.",
        "Two years later it ended.",
        "They met on Tuesday.",
        "In March it ended.",
    ],
)
def test_without_anchor_nothing_is_guessed(text: str) -> None:
    assert record(text) == []
    assert all(not mention.value.placed for mention in annotate(text))


@pytest.mark.parametrize(
    "text",
    [
        "It closed three years later.",
        "They left the same day.",
        "They met two days earlier.",
        "The following month it fell.",
        "That summer it fell.",
        "That September it fell.",
        "That week it fell.",
        "The next day it opened.",
        "The next month it opened.",
        "The previous Tuesday it opened.",
        "The year before, it opened.",
        "In the prior year it opened.",
        "From a year earlier it fell.",
        "Later that year it opened.",
        "The next morning it opened.",
    ],
)
def test_what_refers_back_is_never_placed_by_the_publication_date(text: str) -> None:
    for published in (None, FRIDAY):
        assert record(text, published=published) == []
        (found,) = annotate(text, published=published)
        assert (found.value.placed, found.anchor) == (False, None)


HISTORY = "It began in 1949, grew in 1952, 1955 and 1982."


@pytest.mark.parametrize(
    ("units", "quote", "edtf", "anchor"),
    [
        ([HISTORY, "Last year, Norland joined."], "Last year", "2012", "published=2013-03-22"),
        (["It began in 1949.", "Two months ago it closed."], "Two months ago", "2013-01", "published=2013-03-22"),
        (["It began in May 1995.", "That summer it grew."], "That summer", "1995-22", "text=1995-05@0:12-20"),
        (["It began in May 1995.", "In July it grew."], "July", "1995-07", "text=1995-05@0:12-20"),
        (["It began in May 1995.", "It closed by the end of the year."], "the end of the year", "1995", "text=1995-05"),
        (["It will close by the end of the year."], "the end of the year", "2013", "published=2013-03-22"),
        (
            ["It began on 5 September 1914.", "On 11 September it closed."],
            "11 September",
            "1914-09-11",
            "text=1914-09-05",
        ),
        (["It began in May 1995.", "On the 19th it closed."], "the 19th", "1995-05-19", "text=1995-05@0:12-20"),
        (["They met on 3 May 2011.", "The next day they left."], "The next day", "2011-05-04", "text=2011-05-03@0:"),
        (["The first winter began in January 1951.", "The winter was hard."], "The winter", "1950-24", "text=1951-01"),
    ],
)
def test_anchors_beside_a_publication_date(units: list[str], quote: str, edtf: str, anchor: str) -> None:
    found = find_dates(units, published=FRIDAY, grammar=GRAMMAR)[-1]
    assert (found.text, found.value.edtf) == (quote, edtf)
    assert (found.anchor or "").startswith(anchor)


@pytest.mark.parametrize(
    "units",
    [
        [HISTORY, "The envoy wrote: “We met last year.”"],
        ["It began on 7 February 1965, as in 1955, 1952 and 1949.", "It was less than two years ago."],
    ],
)
def test_who_spoke_long_before_did_not_mean_the_publication_date(units: list[str]) -> None:
    assert all(found.unit == 0 for found in find_dates(units, published=FRIDAY, grammar=GRAMMAR))


def test_september_eleven_before_2001_is_no_attack() -> None:
    (found,) = find_dates(["They met on September 11."], published=date(1998, 9, 20), grammar=GRAMMAR)
    assert found.value.edtf == "1998-09-11"


def test_a_spelled_number_is_read_whole() -> None:
    assert record("It opened in 1960.", "Thirty-five years later it closed.") == [
        ("1960", "1960"),
        ("Thirty-five years later", "1995"),
    ]


def test_an_aside_does_not_move_the_story() -> None:
    units = [
        "Talks opened on 3 March 1975.",
        "Aid for the army had been promised until the budget of 1981 ran out.",
        "On 20 March the talks closed.",
    ]
    assert [m.value.timex for m in annotate(*units)][-1] == "1975-03-20"


@pytest.mark.parametrize(
    ("units", "timex"),
    [
        (["The station is open from June to September."], "XXXX-06/XXXX-09"),
        (["Every year from May to October the pass is open."], "XXXX-05/XXXX-10"),
        (["Between December and March the pass is closed."], "XXXX-12/XXXX-03"),
        (["Fishing is banned from 1 May to 30 June."], "XXXX-05-01/XXXX-06-30"),
        (["The monsoon brings rain from June to September."], "XXXX-06/XXXX-09"),
        (["It was founded in 1955.", "The station is open from June to September."], "XXXX-06/XXXX-09"),
        (["The fair takes place in May each year."], "XXXX-05"),
    ],
)
@pytest.mark.parametrize("published", [None, FRIDAY])
def test_a_habit_is_no_date(units: list[str], timex: str, published: date | None) -> None:
    found = [one for one in find_dates(units, published=published, grammar=GRAMMAR) if one.value.timex != "P1Y"][-1]
    assert (found.value.timex, found.value.type) == (timex, "SET")


@pytest.mark.parametrize(
    ("units", "published", "edtf"),
    [
        (["It was founded in 1955.", "From June to September it was open."], None, "1955-06/1955-09"),
        (["In 1955 it was open from June to September."], None, "1955-06/1955-09"),
        (["In 1955 it was open from June to September."], FRIDAY, "1955-06/1955-09"),
        (["The port was closed from November to March."], date(2013, 4, 5), "2012-11/2013-03"),
        (["The port will be closed from June to August."], FRIDAY, "2013-06/2013-08"),
        (["The port was closed from November 2010 to March."], FRIDAY, "2010-11/2011-03"),
    ],
)
def test_a_range_that_is_told_has_its_year(units: list[str], published: date | None, edtf: str) -> None:
    assert find_dates(units, published=published, grammar=GRAMMAR)[-1].value.edtf == edtf


def test_a_range_without_year_or_verb_is_left_out() -> None:
    for published in (None, FRIDAY):
        assert record("Opening hours from June to September: nine to five.", published=published) == []


EXPRESSIONS = st.sampled_from(
    [
        "1949", "March 1957", "8 September 1951", "the 1990s", "the nineteenth century", "autumn 2008", "yesterday",
        "last week", "two years later", "149 BC", "the 470s BC", "6-7 January 1916", "three years", "every month",
        "Tuesday", "the third quarter of 2008", "the same day", "1991–95", "April 480 BC", "the end of the year",
        "fiscal 2012", "AD 70", "from May to June 2011", "between 2014 and 2019", "May", "next summer",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(EXPRESSIONS, min_size=1, max_size=6), st.none() | st.dates(date(1900, 1, 1), date(2090, 1, 1)))
def test_values_agree_with_each_other(parts: list[str], published: date | None) -> None:
    units = [f"They met in {part} again." for part in parts]
    for mention in annotate(*units, published=published):
        value = mention.value
        assert units[mention.unit][mention.start : mention.end] == mention.text
        assert (value.edtf is None) == (value.precision is None)
        if value.edtf is not None:
            parse_edtf(value.edtf)
            assert value.type in ("DATE", "TIME")
        if value.earliest is not None and value.latest is not None:
            assert value.earliest <= value.latest
            assert value.edtf is not None
            assert value.edtf.startswith(f"{value.earliest.year:04d}"[:2]) or value.precision == "season"


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1000, 1, 1), date(2099, 12, 31)))
def test_a_day_is_its_own_bounds_and_every_order_reads_it(day: date) -> None:
    month = day.strftime("%B")
    texts = [
        f"On {day.day} {month} {day.year} it began.",
        f"On {month} {day.day}, {day.year} it began.",
        f"On {day} it began.",
    ]
    for text in texts:
        (found,) = find_dates([text], grammar=GRAMMAR)
        assert (found.value.earliest, found.value.latest, found.value.edtf) == (day, day, day.isoformat())


@settings(deadline=None, max_examples=100)
@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)), st.sampled_from(["D", "W", "M", "Q", "Y", "DE", "CE"]))
def test_a_shift_by_nothing_holds_the_day(day: date, unit: str) -> None:
    value = from_timex(shift(day, 0, unit) or "")
    assert value.earliest is not None
    assert value.latest is not None
    assert value.earliest <= day <= value.latest


@settings(deadline=None, max_examples=200)
@given(st.text(alphabet=st.sampled_from("0123456789 -–/.,'’MayBCthsinofAD year ago"), max_size=60))
def test_any_text_is_read_and_values_are_valid(text: str) -> None:
    last = -1
    for mention in find_dates([text], grammar=GRAMMAR):
        assert mention.start >= last
        last = mention.end
        if mention.value.edtf is not None:
            parse_edtf(mention.value.edtf)


def test_the_clock_is_never_read(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoClock(date):
        @classmethod
        def today(cls) -> date:
            raise AssertionError("the clock was read")

    for module in ("dates", "date_context", "date_days", "date_feasts", "date_values"):
        monkeypatch.setattr(f"pipeline.recognize.{module}.date", NoClock)
    units = ["They met yesterday, last week, on Tuesday and in May.", "In 1991 they met; two years later they left."]
    assert find_dates(units, grammar=GRAMMAR, keep_unresolved=True)


def test_end_of_the_calendar_is_no_error() -> None:
    assert shift(date.max, 1, "D") is None
    assert shift(date.min, -1, "D") is None
    assert shift(date.min + timedelta(days=1), -1, "D") == "0001-01-01"


def test_one_long_unit_takes_linear_time() -> None:
    text = "In May they met on Friday, in the nineties, on the 19th, in nineteen ten, for one day and by 1995, "

    def seconds(times: int) -> float:
        begun = time.process_time()
        find_dates([text * times], published=FRIDAY, grammar=GRAMMAR)
        return time.process_time() - begun

    assert seconds(2000) < 8 * max(seconds(500), 0.05)
