"""The rules of claims over the model that ships: each example is read by its rule, no counter-example is."""

from __future__ import annotations

import pytest
from spacy.language import Language

from pipeline import extract
from pipeline.relate import assertion, rule
from pipeline.relate.mend import mend_doc
from pipeline.relate.propositions import find_attempts, find_clauses
from pipeline.relate.scoring import is_unnamed, score

RULES = [one for one in rule.load_rules().rules if one.id not in {"claims.read_list_item", "claims.read_table_cell"}]


def rows(text: str, media_type: str = "text/plain", table: str = "claims") -> list[dict[str, object]]:
    return [row.model_dump() for row in extract(text, media_type=media_type)[table]]  # type: ignore[arg-type]


@pytest.mark.model
@pytest.mark.parametrize("one", RULES, ids=lambda one: one.id)
def test_examples_are_read_and_counter_examples_are_not(nlp: Language, one: rule.ClauseRule) -> None:
    def fired(sentence: str) -> set[str]:
        return {clause.rule_id for clause in find_clauses(mend_doc(nlp(sentence)), assertion.load_rules())}

    assert [text for text in one.examples if one.id not in fired(text)] == []
    assert [text for text in one.counter_examples if one.id in fired(text)] == []


LIST = """The Fund at Work

The fund was created in 1991 by nine states of the region, and it has lent money ever since then.

The Lisbon Fund lends to:

- Chad and Niger
- the government of Peru
- farmers in Bolivia
"""


@pytest.mark.model
def test_items_are_read_with_their_lead_in() -> None:
    found = [(row["subject"], row["predicate"], row["object"]) for row in rows(LIST, "text/markdown")]
    assert any(row[0] == "The Lisbon Fund" and str(row[2]).startswith("Chad") for row in found)


TABLE = """# Bodies of the North

The Arctic Council and the Nordic Council were founded by states of the north, and both meet every year.

| Body | Seat | Founded |
|---|---|---|
| Arctic Council | Tromsø | 1996 |
| Nordic Council | Copenhagen | 1952 |
"""


@pytest.mark.model
def test_cells_are_read_with_their_header() -> None:
    found = {(row["subject"], row["predicate"], row["object"]) for row in rows(TABLE, "text/markdown")}
    assert ("Arctic Council", "Founded", "1996") in found
    assert ("Nordic Council", "Seat", "Copenhagen") in found


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "polarity", "modality", "attribution"),
    [
        ("Kenya did not sign the Treaty of Lima in 1998.", "negated", "asserted", None),
        ("Norway will join the Arctic Council in 2030.", "affirmed", "predicted", None),
        ("Neither Kenya nor Chile belongs to the Arctic Council.", "negated", "asserted", None),
        ("None of the states has signed the Treaty of Lima.", "negated", "asserted", None),
        ("Kenya does not yet have a seat in the Arctic Council.", "negated", "asserted", None),
        ("Kenya has yet to sign the Treaty of Lima.", "negated", "asserted", None),
        ("Kenya had no rights under the Treaty of Lima.", "negated", "asserted", None),
        ("The Treaty of Lima pleased nobody in Kenya.", "negated", "asserted", None),
        ("Kenya has neither a seat nor a vote in the Arctic Council.", "negated", "asserted", None),
        ("Kenya will no longer be represented in Lima.", "negated", "predicted", None),
        ("A ruling of the Arctic Council is expected by 2031.", "affirmed", "predicted", None),
        ("Kenya was set up as a protectorate in 1895.", "affirmed", "asserted", None),
        ("Chile must ratify the Treaty of Lima before 2031.", "affirmed", "prescribed", None),
        ("Peru may leave the Andean Community in 2027.", "affirmed", "hedged", None),
        (
            "According to the campaign group Debt Watch, Ghana repaid the loan in 2015.",
            "affirmed",
            "asserted",
            "the campaign group Debt Watch",
        ),
        ("Ghana was reported by Reuters to have repaid the loan in 2015.", "affirmed", "hedged", "Reuters"),
        ("An emergency was declared in May 2020, but Ghana repaid 40 loans.", "affirmed", "asserted", None),
        ("According to the World Bank, Ghana repaid the loan in 2015.", "affirmed", "asserted", "the World Bank"),
    ],
)
def test_a_clause_is_taken_as_it_is_meant(sentence: str, polarity: str, modality: str, attribution: str | None) -> None:
    claim = rows(sentence + " The meeting was held in the old town hall.")[0]
    claims = [row for row in rows("Lessons of the Past\n\n" + sentence) if row["text"] == sentence] or [claim]
    assert any(
        (row["polarity"], row["modality"], row["attribution"]) == (polarity, modality, attribution) for row in claims
    )


@pytest.mark.parametrize(
    ("subject", "expected"),
    [(None, True), ("It", True), ("this mission", True), ("The African Union", False), ("Its members", True)],
)
def test_subjects_that_do_not_name_are_known(subject: str | None, expected: bool) -> None:
    assert is_unnamed(subject) is expected


def test_the_score_is_the_sum_of_its_weights() -> None:
    rules = rule.load_rules()
    value, detail = score(["specific", "date", "bare"], rules)
    assert value == pytest.approx(sum(rules.weights[name].weight for name in ("specific", "date", "bare")))
    assert [part.split()[0] for part in detail.split("; ")] == ["specific", "date", "bare"]
    assert score(["general", "predicted", "no_object"], rules)[0] == 0.0


@pytest.mark.model
def test_what_was_nearly_read_names_the_condition(nlp: Language) -> None:
    attempts = find_attempts(nlp("A new plan for the coast."), assertion.load_rules())
    assert all(attempt.failed and attempt.passed for attempt in attempts)


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "subject", "object_", "expected"),
    [
        ("Peru and Ghana debated the Lima Pact, signing it in 1955.", "Peru and Ghana", "it", ("", "Lima Pact")),
        ("Lawmakers in Kenya read the Lima Pact before Kenya ratified it.", "Kenya", "it", ("", "Lima Pact")),
        ("The Lima Pact replaced the Oslo Pact before Kenya signed it.", "Kenya", "it", ("", "")),
        ("The Lima Pact is a text that entered into force in 1955.", "a text", "force", ("Lima Pact", "")),
        ("As a state that has ratified the Lima Pact, Chile must report.", "a state", "the", ("Chile", "")),
        ("The Lima Pact was signed in 1955, but it never entered into force.", "it", "force", ("Lima Pact", "")),
    ],
)
def test_what_a_pronoun_stands_for(sentence: str, subject: str, object_: str, expected: tuple[str, str]) -> None:
    found = next(
        row for row in rows(sentence) if row["subject"] == subject and str(row["object"]).split()[0] == object_
    )
    assert (found["subject_resolved"] or "", found["object_resolved"] or "") == expected


@pytest.mark.model
def test_who_is_not_among_those_that_did_did_not() -> None:
    found = rows("Vietnam is not among the states that have ratified the Lima Pact.")
    assert [row["polarity"] for row in found if row["subject_resolved"] == "Vietnam"] == ["negated"]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("In 1941, Kenya gave notice and left the Lima Pact.", 1),
        ("In 1941, Kenya gave notice and left the Lima Pact in 1942.", 1),
        ("Kenya gave notice and left the Lima Pact.", 0),
    ],
)
def test_a_date_in_front_holds_for_both_verbs(sentence: str, expected: int) -> None:
    assert [len(row["dates"]) for row in rows(sentence) if row["predicate"] == "left"] == [expected]  # type: ignore[arg-type]


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("With 78 member states, the Harbour Council is a leading forum.", ("With", "78 member states")),
        ("Since its founding in August 1963, the Harbour Council has grown.", ("Since", "its founding in August 1963")),
        ("In force since 1934, the Lima Pact sets out the rights of both parties.", ("In", "force since 1934")),
        ("With 78 ships, the Harbour Council is a leading forum.", None),
    ],
)
def test_what_a_body_has_in_front_of_what_it_does(sentence: str, expected: tuple[str, str] | None) -> None:
    found = [(row["predicate"], row["object"]) for row in rows(sentence) if row["predicate"] in {"With", "Since", "In"}]
    assert found == ([] if expected is None else [expected])


@pytest.mark.model
def test_a_source_does_not_reach_over_a_semicolon() -> None:
    found = rows("Pacts multiplied quickly; according to the World Bank, more than 350 of them were in force by 2022.")
    assert {str(row["subject"]).split()[0]: row["attribution"] for row in found} == {
        "Pacts": None,
        "more": "the World Bank",
    }


@pytest.mark.model
def test_the_article_goes_on_behind_what_somebody_said() -> None:
    found = rows("Chile announced that it would leave the Lima Pact, and Peru has blocked all talks since.")
    assert {row["attribution"] for row in found if row["subject"] == "Peru"} == {None}


@pytest.mark.model
@pytest.mark.parametrize(
    ("sentence", "subject", "predicate"),
    [
        ("Its successor, the Lima Pact of June 2000, opened a new court.", "the Lima Pact", "opened"),
        ("The Lima Pact, signed in Oslo in 2013, covers all ports by 2024.", "The Lima Pact", "covers"),
    ],
)
def test_the_subject_is_named_over_what_stands_between(sentence: str, subject: str, predicate: str) -> None:
    (found,) = (str(row["subject"]) for row in rows(sentence) if row["predicate"] == predicate)
    assert found.startswith(subject)
