"""Units: order, sections, lead-ins, and the ledger on random plain text and Markdown."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.clean import clean, load_rules
from pipeline.cleaned import Cleaned
from pipeline.errors import InputError
from pipeline.read import read_bytes
from pipeline.records import MediaType, Reject
from pipeline.segment import segment
from tests.clean.readings import PROSE, assert_ledger, kinds, segmented

LINES = st.sampled_from(
    [
        PROSE,
        "The Harbour Pact",
        "- An item",
        "1. First",
        "It covers:",
        "This was written by AI.",
        "See also: Ports",
        "",
        " \t",
        "> x",
    ]
) | st.text(max_size=12)


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
@settings(deadline=None, max_examples=80, suppress_health_check=list(HealthCheck))
@given(lines=st.lists(LINES, max_size=14), joint=st.sampled_from(["\n", "\r\n", "\n\n", "\u2029", "\x0b"]))
def test_ledger_of_random_text(media_type: MediaType, lines: list[str], joint: str) -> None:
    try:
        one = segmented(joint.join([PROSE, *lines]).encode("utf-8", "replace"), media_type)
    except InputError:
        return
    assert_ledger(one)


def test_plain_spans_are_the_quote() -> None:
    text = f"Das Café – “Pact”\n\n{PROSE} Ünits – “two”  with   blanks.\n\n• An item – €5\n"
    one = segmented(text)
    for unit in one.units:
        if unit.start is not None and unit.end is not None:
            start, end = one.article.offsets.span(unit.start, unit.end)
            assert one.article.raw[start:end].decode().split() == unit.text.split()


def test_each_list_has_its_own_lead_in() -> None:
    one = segmented(f"{PROSE}\n\nThe pact covers:\n- patrols\n- funds\n\n{PROSE}\n\n- loose one\n- loose two\n")
    leads = [(unit.text, unit.lead_in) for unit in one.units if unit.kind == "item"]
    lead = next(unit.ordinal for unit in one.units if unit.text == "The pact covers:")
    assert leads == [("patrols", lead), ("funds", lead), ("loose one", None), ("loose two", None)]


def test_sentences_of_a_paragraph_share_its_number() -> None:
    one = segmented(f"{PROSE}\n\n{PROSE}")
    numbers = [unit.paragraph for unit in one.units]
    assert len(numbers) == 4
    assert numbers[0] == numbers[1] < numbers[2] == numbers[3]


def test_a_heading_does_not_stand_in_its_own_section() -> None:
    one = segmented(
        f"<h1>Pact</h1><p>{PROSE}</p><h2>Members</h2><p>{PROSE}</p><h2>Organs</h2><p>{PROSE}</p>", "text/html"
    )
    sections = {unit.text: unit.section for unit in one.units if unit.kind == "heading"}
    assert sections["Members"] == sections["Organs"]
    assert all(unit.text not in unit.section for unit in one.units)


def test_each_input_becomes_one_article_or_one_reject_in_order() -> None:
    raws = [
        read_bytes(text.encode(), source=str(at), media_type="text/plain")
        for at, text in enumerate([PROSE, " ", PROSE])
    ]
    results = list(clean(raws, rules=load_rules()))
    assert [type(one) for one in results] == [Cleaned, Reject, Cleaned]
    assert len(list(segment(one for one in results if isinstance(one, Cleaned)))) == 2


def test_the_same_bytes_give_the_same_units() -> None:
    assert kinds(segmented(PROSE)) == kinds(segmented(PROSE))
