"""Instruments are found where the examples of each rule mark them, and nowhere in its counter-examples."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
import spacy
from spacy.tokens import Doc, Span

from pipeline.recognize.agreement_rules import load_rules
from pipeline.recognize.agreements import find_agreements, kind_of
from pipeline.records import AgreementMention, Unit, UnitKind

RULES = load_rules()
BLANK = spacy.blank("en")
NAME = re.compile(r"\[([^|\]]+)\|([A-Z]+)\]")
EXAMPLES = [(rule.id, text) for rule in RULES.file.rules for text in rule.examples]
COUNTERS = [(rule.id, text) for rule in RULES.file.rules for text in rule.counter_examples]


def unit(ordinal: int, text: str, kind: UnitKind = "sentence") -> Unit:
    return Unit(ordinal, kind, None, (), text, 0, len(text), 0, len(text), None)


def marked(text: str) -> tuple[Doc, list[str]]:
    """Return the Doc of a marked text, its names as entities, and what <…> marks."""
    wanted = [NAME.sub(r"\1", found) for found in re.findall(r"<([^>]*)>", text)]
    text = re.sub("[<>]", "", text)
    plain, names, at = "", [], 0
    for match in NAME.finditer(text):
        plain += text[at : match.start()]
        names.append((len(plain), len(plain) + len(match[1]), match[2]))
        plain += match[1]
        at = match.end()
    doc = BLANK(plain + text[at:])
    spans = [doc.char_span(start, end, label=label, alignment_mode="expand") for start, end, label in names]
    found: list[Span] = [span for span in spans if span is not None]
    doc.ents = spacy.util.filter_spans([span for span in found if span.label_ not in {"AGR", "AGU"}])
    doc.spans["agreements"] = [span for span in found if span.label_ in {"AGR", "AGU"}]
    return doc, wanted


def find(*docs: Doc, use_lexicon: bool = True, kind: UnitKind = "sentence") -> list[AgreementMention]:
    units = [unit(at, doc.text, kind) for at, doc in enumerate(docs)]
    return find_agreements(units, docs, rules=RULES, use_lexicon=use_lexicon)


@pytest.mark.parametrize(("rule", "text"), EXAMPLES)
def test_example(rule: str, text: str) -> None:
    doc, wanted = marked(text)
    found = find(doc, use_lexicon=rule == "agreements.read_lexicon")
    assert [one.text for one in found if one.rule_id == rule] == wanted
    assert all(doc.text[one.start : one.end] == one.text for one in found)


@pytest.mark.parametrize(("rule", "text"), COUNTERS)
def test_counter_example(rule: str, text: str) -> None:
    doc, _ = marked(text)
    found = find(doc, use_lexicon=rule == "agreements.read_lexicon")
    assert [one.text for one in found if one.rule_id == rule] == []


@pytest.mark.parametrize(
    "name", [word for heads in (RULES.file.heads.strong,) for word in heads if word.endswith(("y", "t"))]
)
def test_heads_give_the_kind(name: str) -> None:
    assert kind_of(f"Lima {name} on the Sea", RULES) == RULES.file.heads.strong[name]


def test_acronyms_count_in_the_whole_article() -> None:
    found = find(BLANK("The LTA at Work"), BLANK("The Lima Trade Agreement (LTA) is old."), use_lexicon=False)
    assert [(one.unit, one.text) for one in found] == [(0, "LTA"), (1, "Lima Trade Agreement"), (1, "LTA")]


def test_lexicons_know_several_hundred_instruments_of_every_domain() -> None:
    assert len(RULES.instruments) > 500
    assert RULES.forms["npt"] is RULES.forms["nuclear non proliferation treaty"]
    assert {RULES.forms[form].kind for form in ("kyoto protocol", "rome statute", "aukus")} == {
        "protocol",
        "treaty",
        "partnership",
    }


def test_mentions_do_not_overlap() -> None:
    doc, _ = marked(
        "The [1968 Non-Proliferation Treaty|AGR] (NPT) and the Treaty of Lima, or [Treaty of Lima, or NPT|AGR]."
    )
    found = find(doc)
    assert found
    assert all(one.end <= other.start for one, other in pairwise(found))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("They praised Barge Convention on Locks, their Quays and [River Cranes|AGR].", "Barge Convention on Locks, their Quays and River Cranes"),  # noqa: E501
        ("Officials praised the <Agreement on River Pilots> ([Lower Danube|AGR]).", "Agreement on River Pilots"),
        ("The Barge Convention was signed at [Lake Success|AGR].", "Barge Convention"),
        ("States signed the Barge Convention, 1931 (No. 7) at once.", "Barge Convention, 1931 (No. 7)"),
        ("States signed the Barge Convention, 1931, at once.", "Barge Convention, 1931"),
        ("Under the Barge Convention, 1931 and 1932 were quiet.", "Barge Convention"),
        ("Under the Lisbon Treaty, 2009 brought change.", "Lisbon Treaty"),
        ("Few read the Fourth Protocol of Notes to the Barge Code.", "Fourth Protocol of Notes to the Barge Code"),
        ("It is the Lock Agreement and Exchange of Notes between Peru and Chile.", "Lock Agreement and Exchange of Notes between Peru and Chile"),  # noqa: E501
    ],
)  # fmt: skip
def test_a_name_without_a_head_noun_behind_a_title_is_of_the_title(text: str, whole: str) -> None:
    doc, _ = marked(text)
    found = find_agreements([unit(0, doc.text)], [doc], rules=RULES, use_lexicon=False)
    assert [one.text for one in found] == [whole]


@pytest.mark.parametrize(
    "text",
    [
        "The <Barge Convention> governs [River Cranes|AGR].",
        "The <Barge Convention> and [River Cranes|AGR] are old.",
        "The <Barge Convention> was made for [River Cranes|AGR].",
        "They keep treaties such as the <Barge Convention> ([BC|AGR]).",
    ],
)
def test_a_name_of_its_own_behind_a_title_stays(text: str) -> None:
    doc, _ = marked(text)
    found = find_agreements([unit(0, doc.text)], [doc], rules=RULES, use_lexicon=False)
    assert len(found) == 2, [one.text for one in found]
