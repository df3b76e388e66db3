"""Claims: which two propositions are one, which contradict each other, and which stay apart."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from pipeline.dedupe.claims import resolve_claims
from pipeline.dedupe.compare import nested
from pipeline.dedupe.conflicts import claim_conflicts
from pipeline.dedupe.events import read_event
from pipeline.dedupe.frames import Frame, frame_of
from pipeline.dedupe.policy import Policy, load_policy
from pipeline.dedupe.words import quantities

NAMES = {"Harbour Council": "org_hc", "HC": "org_hc", "Lantern Accord": "agr_la"}
NAMES |= {"Norland": "pla_1a", "Sudmark": "pla_2b", "Bel Port": "pla_3c", "Norvik": "pla_4d"}
DATES = {
    "1994": (date(1994, 1, 1), date(1994, 12, 31)),
    "May 1994": (date(1994, 5, 1), date(1994, 5, 31)),
    "3 May 1994": (date(1994, 5, 3), date(1994, 5, 3)),
    "9 May 1994": (date(1994, 5, 9), date(1994, 5, 9)),
    "1997": (date(1997, 1, 1), date(1997, 12, 31)),
}


@cache
def policy() -> Policy:
    return load_policy()


def frame(said: str) -> Frame:
    """Read "subject | predicate | object", with marks: {not}, {hedged}, {by somebody}, {lemma see}."""
    marks = set(re.findall(r"\{[^}]+\}", said))
    for mark in marks:
        said = said.replace(mark, "")
    subject, predicate, object_ = (part.strip() for part in said.split("|"))
    row: dict[str, Any] = {
        "subject": subject,
        "predicate": predicate,
        "object": object_,
        "predicate_lemma": next((mark[7:-1] for mark in marks if mark.startswith("{lemma ")), predicate.split()[-1]),
        "polarity": "negated" if "{not}" in marks else "affirmed",
        "modality": "hedged" if "{hedged}" in marks else "asserted",
        "attribution": next((mark[4:-1] for mark in sorted(marks) if mark.startswith("{by ")), None),
        "subject_resolved": None,
        "object_resolved": None,
    }
    named = {words: what for words, what in NAMES.items() if words in f"{subject} {object_}"}
    for table, prefix in (("places", "pla_"), ("organizations", "org_"), ("agreements", "agr_")):
        row[table] = [words for words, what in named.items() if what.startswith(prefix)]
    dates = sorted((words for words in DATES if words in f"{subject} {object_}"), key=len, reverse=True)[:1]
    known = [*NAMES.items(), *((words, "") for words in dates)]
    spans = {role: [(words, what) for words, what in known if words in row[role]] for role in ("subject", "object")}
    row["dates"] = dates
    periods = frozenset(DATES[words] for words in dates)
    return frame_of(f"clm_{said}{marks}", row, spans, dates=periods, resolved={}, policy=policy())


def together(one: str, other: str) -> tuple[bool, list[str]]:
    """Return whether two propositions are merged, and the fields in which they are in conflict."""
    frames = {found.form_id: found for found in (frame(one), frame(other))}
    done = resolve_claims(frames, policy=policy(), judgements=())
    rows = done.clusters.rows
    conflicts = claim_conflicts(done.contrary, rows)
    return len(set(rows.values())) == 1, [conflict.field for conflict in conflicts]


MERGED = [
    ("The Harbour Council | has | twelve members", "The HC | possesses | 12 member states"),
    ("Norland | founded | the Harbour Council in 1994", "The HC | was established | by Norland in May 1994"),
    ("The HC | sent | 300 troops to Bel Port", "The Harbour Council | dispatched | 300 soldiers to Bel Port"),
    ("Norland | cooperates | with Sudmark", "Sudmark | collaborates | with Norland"),
    ("The HC | is headquartered | in Bel Port", "The HC | has | its headquarters in Bel Port"),
    ("Norland | joined | the HC in 1994", "The Harbour Council | admitted | Norland in 1994"),
    ("The HC | was founded | in 1994 to guard ports", "The Harbour Council | dates | back to May 1994"),
    ("The HC | was created | in 1994 at a summit", "The HC | opened | its doors in 1994"),
    ("The Lantern Accord | entered into | force in 1994", "The Lantern Accord | took | effect on 3 May 1994"),
    ("The HC | has | its secretariat in the old port of Bel Port", "The HC | is based | in Bel Port"),
    ("The signing of the Lantern Accord | took | place in 1994", "The Lantern Accord | was signed | in May 1994"),
    ("The creation of the HC | occurred | in May 1994", "The Harbour Council | was founded | in 1994 to guard ports"),
    ("12 states | belong | to the HC", "The Harbour Council | has | twelve members"),
    ("12 states | belong | to the HC Today", "The Harbour Council | now counts | twelve members"),
    ("The HC | was set up | in May 1994 to promote trade", "The HC | was founded | in 1994"),
    ("The conference | adopted | the Lantern Accord in 1994", "The Lantern Accord | was adopted | in May 1994"),
    (
        "A conference of delegates | adopted | the Lantern Accord, with the aim of peace in 1994",
        "The Lantern Accord | was adopted | in May 1994",
    ),
    ("The Lantern Accord | came | into force not until 1994", "The Lantern Accord | entered into | force in May 1994"),
    ("The HC | is | a regional body with its headquarters in Bel Port", "The HC | is based | in Bel Port"),
    ("The HC | unites | 12 states, ranging from rich to poor", "The HC | has | 12 members"),
    (
        "The signing of the Lantern Accord by Norland in 1994 | was widely seen | as a step {lemma see}",
        "Norland | signed | the Lantern Accord in 1994",
    ),
    (
        "The withdrawal of Norland from the Lantern Accord in 1994 | was | a surprise {lemma surprise}",
        "Norland | withdrew from | the Lantern Accord in 1994",
    ),
    ("The HC | dates | back to 1994 and the peace of Norvik", "The HC | was founded | in May 1994"),
    ("The HC | was founded | in 1994 as part of the Lantern Accord", "The HC | dates | back to May 1994"),
    ("The HC | has grown | to 12 members", "The HC | comprises | 12 states"),
    ("The HC | From | its offices in Bel Port", "The HC | is based | in Bel Port"),
    ("Bel Port | is | home to the headquarters of the HC", "The HC | is based | in Bel Port"),
    (
        "The HC | was brought | into existence in response to a crisis in 1994",
        "The HC | was founded | in May 1994",
    ),
    ("The HC | is | an international organization of 12 member states", "The HC | has | 12 members"),
    ("Norland | ceased to be | a party to the Lantern Accord in 1994", "Norland | left | the Lantern Accord in 1994"),
]


@pytest.mark.parametrize(("one", "other"), MERGED)
def test_merged(one: str, other: str) -> None:
    assert together(one, other) == (True, [])


@pytest.mark.parametrize(("one", "other"), MERGED)
def test_who_says_it_never_differs_within_a_claim(one: str, other: str) -> None:
    """Whatever makes two forms one: said by somebody beside said by the article, or by somebody else, they are two."""
    observed, criticized = f"{one} {{by Observers}}", f"{other} {{by Critics}}"
    assert together(observed, f"{other} {{by Observers}}") == (True, [])
    for pair in ((observed, other), (one, criticized), (observed, criticized), (one, f"{one} {{by Observers}}")):
        assert together(*pair) == (False, [])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The HC | has | twelve members", "The HC | has | twelve observers"),
        ("The HC | opened | its northern office", "The HC | opened | its southern office"),
        ("Norland | attacked | Sudmark", "Sudmark | attacked | Norland"),
        ("Norland | joined | the HC in 1994", "Sudmark | joined | the HC in 1994"),
        ("Norland | joined | the HC in 1994", "Norland | left | the HC in 1994"),
        ("Norland | signed | the Lantern Accord in 1994", "Norland | ratified | the Lantern Accord in 1997"),
        ("Norland | signed | the Lantern Accord in 1994", "Sudmark | signed | the Lantern Accord in 1997"),
        ("The HC | has | twelve members", "The HC | has | twelve members {by Observers}"),
        ("The HC | has | twelve members", "The HC | has | twelve members {hedged}"),
        ("The HC | has | more than 30 members", "The HC | has | 32 members"),
        ("The HC | had | 12 members", "The HC | has | 32 members"),
        ("The HC | was founded | by Norland in 1994", "The HC | was founded | by Sudmark in 1994 to guard ports"),
        ("The HC | was founded | by Ann Lee in 1994", "The HC | was set up | by Bo Ray in 1994 to guard ports"),
        ("The HC | was founded | by 12 states in 1994", "The HC | dates | back to 1994 with 15 states"),
        ("The HC | was founded | in 1994 in Bel Port", "The HC | was created | in Norvik in 1994 with pomp"),
        ("The HC | was founded | in 1994", "The HC | opened | its doors in 1997"),
        ("The HC | was founded | in 1994", "The HC | dates | back to 1994 {by Observers}"),
        ("The Lantern Accord | entered into | force in 1994", "The Lantern Accord | was signed | in 1994"),
        ("The Lantern Accord | entered into | force for Norland in 1994", "The Lantern Accord | took | effect in 1997"),
        ("The HC | is based | in Bel Port", "The HC | is based | in Norvik on a hill"),
        ("The signing of the Lantern Accord | took | place in 1994", "The Lantern Accord | took | effect in 1994"),
        ("The creation of the HC | took | time in 1994", "The HC | was founded | in 1994"),
        ("The creation of the HC office | occurred | in 1994", "The HC | was founded | in 1994"),
        ("The signing of the Lantern Accord by Norland | occurred | in 1994", "Sudmark | signed | the accord in 1994"),
        ("12 states | belong | to the HC", "12 states | left | the HC"),
        ("12 ships | belong | to the HC", "The HC | has | 12 members"),
        ("12 states | belonged | to the HC", "The HC | has | 15 members"),
        ("The council | has | its office in Bel Port", "The council | possesses | its office in Bel Port"),
        ("The HC | was originally based | in Bel Port, before moving elsewhere", "The HC | is based | in Bel Port"),
        ("Norland | threatened to withdraw from | the Lantern Accord", "Norland | left | the Lantern Accord"),
        ("The HC | has | 12 members on its board", "The HC | consists of | 12 states"),
        ("The government | adopted | the Lantern Accord in 1994", "The Lantern Accord | was adopted | in 1994"),
        ("Delays | prevented | this", "Delays | prevented | that"),
        ("A small office in Norvik | leads | its work", "A small office in Norvik | heads | its work"),
    ],
)
def test_apart_without_conflict(one: str, other: str) -> None:
    assert together(one, other) == (False, [])


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("The HC | was founded | in 1994", "The Harbour Council | was established | in 1997 to guard ports", "dates"),
        ("The HC | was founded | on 3 May 1994", "The HC | was founded | on 9 May 1994", "dates"),
        ("Norland | signed | the Lantern Accord in 1994", "Norland | signed | the Lantern Accord in 1997", "dates"),
        ("The HC | has | 12 members", "The Harbour Council | has | fifteen member states", "object"),
        (
            "Norland | has ratified | the Lantern Accord in 1994",
            "Norland | has not ratified | the Lantern Accord {not}",
            "polarity",
        ),
        ("The HC | owns | ships in Bel Port", "The HC | owns | ships in Bel Port {not}", "polarity"),
    ],
)
def test_conflicts(one: str, other: str, field: str) -> None:
    assert together(one, other) == (False, [field])


def test_a_year_between_two_days_joins_neither() -> None:
    said = [f"The HC | was founded | {when}" for when in ("in 1994", "on 3 May 1994", "on 9 May 1994")]
    frames = {found.form_id: found for found in map(frame, said)}
    rows = resolve_claims(frames, policy=policy(), judgements=()).clusters.rows
    assert len(set(rows.values())) == 3


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (["1994"], ["3 May 1994"], True),
        (["May 1994"], ["1994"], True),
        (["3 May 1994"], ["9 May 1994"], False),
        (["1994"], ["1997"], False),
        (["1994"], [], False),
        ([], [], True),
    ],
)
def test_nested(one: list[str], other: list[str], expected: bool) -> None:
    assert nested(frozenset(DATES[d] for d in one), frozenset(DATES[d] for d in other)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("30 members", (30, 30, "member")),
        ("more than 1,200 soldiers", (1200, float("inf"), "soldier")),
        ("up to twelve ships", (float("-inf"), 12, "ship")),
        ("about 100 ships", (90, 110, "ship")),
        ("2.5 million tons", (2.5, 2.5, "million")),
    ],
)
def test_quantities(text: str, expected: tuple[float, float, str]) -> None:
    (found,) = quantities(text, policy().conflicts)
    assert (round(found.low, 6), round(found.high, 6), found.unit) == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("Plans | were published | in 1994", True),
        ("Norland Council | was founded | in 1994", False),
        ("Norvik | hosts | meetings", True),
        ("Bel Port | has | its headquarters", True),
        ("Bel Port | sells | cheap green fish", False),
        ("The HC | sells | fish", False),
        ("Ports | sell | fish", False),
        ("Delays | prevented | this", True),
        ("Norland | paving | the way for fuller ties", True),
        ("Norland | paving | the way for the HC", False),
        ("Norland | has stated | its wish to ratify it", True),
        ("Norland | has stated | ten times its old wish", False),
        ("Officials from its member states | attend | short courses", True),
        ("41 members | are elected | for three years", True),
        ("41 members | left | the HC", False),
        ("Officials from Norland and its states | attend | short courses", False),
        ("Norland | sold | ten old ships this year", False),
        ("A small office in Norvik | leads | the work of 1994", True),
        ("The conference | adopted | the Lantern Accord in 1994", False),
        ("The conference | praised | the Lantern Accord in 1994", True),
    ],
)
def test_what_names_nobody_stays_in_its_article(said: str, *, expected: bool) -> None:
    assert frame(said).loose is expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ("@org_b founding came in ~", ("found", "@org_b ~", "")),
        ("~ saw creation of @org_b", ("found", "@org_b ~", "")),
        ("@org_b since ever its inception in ~", ("found", "@org_b ~", "")),
        ("~ signing of @agr_t by @org_x and @org_y occurred", ("sign", "@agr_t ~", "@org_x @org_y")),
        ("ratification of @agr_t by @org_x followed", ("ratify", "@agr_t", "@org_x")),
        ("from ~ onwards @agr_t was in effect", ("take effect", "@agr_t ~", "")),
        ("@pla_p has served as seat of @org_b", ("seat", "@org_b @pla_p", "")),
        ("as many as 12 states are represented in @org_b", ("members", " 12 member @org_b", "")),
        ("library of @org_b was founded in ~", None),
        ("talks on signing of @agr_t by @org_x and @org_y opened in ~", None),
        ("protocol to @agr_t was signed by @org_x and @org_y in ~", None),
        ("@org_x and @org_y were to sign @agr_t in ~", None),
        ("@org_b founded @org_c in ~", None),
        ("@org_b founder was born in ~", None),
        ("@org_b runs projects in 12 countries", None),
        ("@org_b opened regional office in @pla_p", None),
        ("@agr_t was in force for @org_x in ~", None),
    ],
)
def test_an_event_is_read_where_every_word_is_known(said: str, expected: tuple[str, str, str] | None) -> None:
    found = read_event(said, policy().synonyms)
    assert (None if found is None else (found.sense, found.whom, found.who)) == expected


def test_a_word_may_deny_an_event() -> None:
    found = read_event("@agr_t remains unratified by @org_x", policy().synonyms)
    assert found is not None
    assert found.denies
