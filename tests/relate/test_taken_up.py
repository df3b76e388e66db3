"""Parties under a pronoun, and what stands in front of a clause, in short articles read by the model that ships."""

from __future__ import annotations

import pytest

from pipeline import extract

BEFORE = "The Norland Fisheries Board was founded in 1971. "


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "parties"),
    [
        (BEFORE + "In 1980 it adopted the Herring Convention.", "Herring Convention", ["Norland Fisheries Board"]),
        (BEFORE + "Its members signed the Cod Protocol in 1990.", "Cod Protocol", ["Norland Fisheries Board"]),
        (BEFORE + "It never adopted the Eel Convention.", "Eel Convention", []),
        (BEFORE + "It met under the Eel Convention in 1990.", "Eel Convention", []),
        (BEFORE + "Its rules resemble the Eel Convention.", "Eel Convention", []),
    ],
)
def test_a_pronoun_makes_a_party(text: str, name: str, parties: list[str]) -> None:
    [found] = [record for record in extract(text, media_type="text/plain")["agreements"] if record.name == name]
    assert [party.name for party in found.parties] == parties


@pytest.mark.model
def test_what_stands_in_front_of_a_clause_dates_the_claim_and_is_not_its_object() -> None:
    text = "In 1980, Norland adopted the Herring Convention. In 1971, Norland joined."
    claims = {claim.predicate: claim for claim in extract(text, media_type="text/plain")["claims"]}
    assert claims["adopted"].object == "the Herring Convention"
    assert claims["joined"].object == "In 1971"
    assert len(claims["adopted"].dates) == len(claims["joined"].dates) == 1


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "parties", "event", "date"),
    [
        ("The Lima Pact bans nets; Kenya was the first country to ratify it.", ["Kenya"], None, None),
        ("Lawmakers read the Lima Pact before Kenya ratified it.", ["Kenya"], None, None),
        ("The Lima Pact bans nets. It entered into force in May 1999.", [], "in_force", "1999-05"),
        ("The Lima Pact bans nets. It was adopted in 1999.", [], "adopted", "1999"),
        ("The Lima Pact, which bans nets and has been in force since 1999, is rarely quoted.", [], "in_force", "1999"),
        ("The Lima Pact was signed by Peru in 1998. It entered into force in May 1999.", ["Peru"], "signed", "1998"),
    ],
)
def test_an_instrument_is_taken_up(text: str, parties: list[str], event: str | None, date: str | None) -> None:
    [found] = extract("Notes on Nets\n\n" + text, media_type="text/plain")["agreements"]
    assert ([party.name for party in found.parties], found.event, found.date) == (parties, event, date)
