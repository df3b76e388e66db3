"""Parties, events, dates and status of instruments, from sentences read by the model that ships."""

from __future__ import annotations

import pytest

from pipeline import extract
from pipeline.relate.relations import load_rules
from pipeline.relate.same_instrument import abbreviates_end

CASES = [
    (
        "The Lima Pact was signed by Peru, Chile and Brazil on 3 May 1999.",
        "Lima Pact",
        "Brazil Chile Peru",
        "signed",
        "1999-05-03",
        "asserted",
    ),
    (
        "The Lima Pact, launched by Peru in 1999 and later joined by Chile, protects whales.",
        "Lima Pact",
        "Chile Peru",
        "launched",
        "1999",
        "asserted",
    ),
    (
        "More recently, the Lima Pact, concluded on 3 May 1999, committed Peru and Chile to help each other.",
        "Lima Pact",
        "Chile Peru",
        "signed",
        "1999-05-03",
        "asserted",
    ),
    (
        "The Andean Community followed another route with its Lima Charter, which bans nets.",
        "Lima Charter",
        "Andean Community",
        None,
        None,
        "asserted",
    ),
    (
        "Through the Lima Programme, Peru offers courses to its neighbours.",
        "Lima Programme",
        "Peru",
        None,
        None,
        "asserted",
    ),
    (
        "Under the Lima Pact, Peru offers courses to its neighbours.",
        "Lima Pact",
        "",
        None,
        None,
        "asserted",
    ),
    (
        "The Lima Treaty was brokered by the World Bank and signed in Oslo on 3 May 1999.",
        "Lima Treaty",
        "",
        "signed",
        "1999-05-03",
        "asserted",
    ),
    ("The Lima Facility, co-led by Peru and Chile, lends.", "Lima Facility", "Chile Peru", None, None, "asserted"),
    (
        "Attacks led the African Union to adopt the Lima Charter in June 1999.",
        "Lima Charter",
        "African Union",
        "adopted",
        "1999-06",
        "asserted",
    ),
    (
        "The Lima Pact was adopted on 3 May 1999 with the help of Peru.",
        "Lima Pact",
        "",
        "adopted",
        "1999-05-03",
        "asserted",
    ),
    ("The Lima Pact, in force since 1999, bans nets.", "Lima Pact", "", "in_force", "1999", "asserted"),
    ("Lima Pact: in force since May 1999, rarely invoked.", "Lima Pact", "", "in_force", "1999-05", "asserted"),
    (
        "The Lima Pact, opened for signature in Oslo in May 1999, bans nets.",
        "Lima Pact",
        "",
        "signed",
        "1999-05",
        "asserted",
    ),
    (
        "The Lima Pact was opened for signature in May 1999 and entered into force in 2001.",
        "Lima Pact",
        "",
        "in_force",
        "2001",
        "asserted",
    ),
    ("The Lima Pact was struck down by the World Bank in 1999.", "Lima Pact", "", None, "1999", "asserted"),
    ("The Lima Pact, ratified by 75 states, not including Peru, bans nets.", "Lima Pact", "", None, None, "asserted"),
    ("The Lima Pact, signed in Paris by 20 states in 1999, bans nets.", "Lima Pact", "", "signed", "1999", "asserted"),
    ("An amendment to the Lima Pact was signed by Peru in 1999.", "Lima Pact", "", None, None, "asserted"),
    (
        "The Lima Pact was originally due to enter into force in 1999, but delays prevented it.",
        "Lima Pact",
        "",
        "in_force",
        "1999",
        "planned",
    ),
    ("Peru and Chile signed the Treaty of Lima in 1999.", "Treaty of Lima", "Chile Peru", "signed", "1999", "asserted"),
    (
        "Harvests fell, but the Lima Pact, which linked Canada, Peru and the United States, took effect in 1999.",
        "Lima Pact",
        "Canada Peru United States",
        "in_force",
        "1999",
        "asserted",
    ),
    (
        "The Lima Pact was signed by every member of the Andean Community except Bolivia.",
        "Lima Pact",
        "Andean Community",
        "signed",
        None,
        "asserted",
    ),
    ("The Lima Pact unites Peru with Chile and Brazil.", "Lima Pact", "Brazil Chile Peru", None, None, "asserted"),
    (
        "Members of the Lima Pact include Peru, Chile and Brazil.",
        "Lima Pact",
        "Brazil Chile Peru",
        None,
        None,
        "asserted",
    ),
    ("Peru and Chile will sign the Lima Treaty in 2031.", "Lima Treaty", "Chile Peru", "signed", "2031", "planned"),
    ("Peru never ratified the Lima Treaty.", "Lima Treaty", "", None, None, "denied"),
    ("Peru plans to sign the Lima Treaty soon.", "Lima Treaty", "Peru", "signed", None, "planned"),
    ("The Lima Treaty expired in 2004.", "Lima Treaty", "", "terminated", "2004", "expired"),
    ("Peru withdrew from the Lima Accord in 2018.", "Lima Accord", "Peru", "terminated", "2018", "asserted"),
    ("The Lima Accord was opened for signature in 1998.", "Lima Accord", "", "signed", "1998", "asserted"),
    (
        "ANZUS was signed by Australia, New Zealand and the United States in 1951.",
        "ANZUS",
        "Australia New Zealand United States",
        "signed",
        "1951",
        "asserted",
    ),
    (
        "Indian and Japanese officials signed a defence agreement in 2015.",
        None,
        "India Japan",
        "signed",
        "2015",
        "asserted",
    ),
    ("Washington signed a trade pact with Tokyo in 2019.", None, "Japan United States", "signed", "2019", "asserted"),
    (
        "The Lima Accord was adopted by the Andean Community.",
        "Lima Accord",
        "Andean Community",
        "adopted",
        None,
        "asserted",
    ),
    (
        "Peru's extradition treaty with Chile was terminated in 2003.",
        None,
        "Chile Peru",
        "terminated",
        "2003",
        "expired",
    ),
    ("India and Indonesia have engaged in bilateral agreements.", None, "India Indonesia", None, None, "asserted"),
    ("The U.S.-India military partnership deepened.", None, "India United States", None, None, "asserted"),
    (
        "Yugoslavia and the Soviet Union signed a trade pact in 1955.",
        None,
        "Soviet Union Yugoslavia",
        "signed",
        "1955",
        "asserted",
    ),
    ("The Lima Convention entered into force in May 2001.", "Lima Convention", "", "in_force", "2001-05", "asserted"),
    (
        "A second fisheries agreement between Peru and Chile was signed in 2007.",
        None,
        "Chile Peru",
        "signed",
        "2007",
        "asserted",
    ),
    (
        "The border accord between Indian and Japanese officials was signed in 2007.",
        None,
        "India Japan",
        "signed",
        "2007",
        "asserted",
    ),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "name", "parties", "event", "date", "status"), CASES)
def test_record(text: str, name: str | None, parties: str, event: str | None, date: str | None, status: str) -> None:
    tables = extract(text, media_type="text/plain")
    [record] = tables["agreements"]
    assert (record.name, record.event, record.date, record.status) == (name, event, date, status)
    assert " ".join(sorted(party.name for party in record.parties)) == parties
    own = [row for row in tables["evidence"] if row.table == "agreements"]
    assert {row.value for row in own if row.field == "parties"} == {party.name for party in record.parties}


@pytest.mark.model
def test_one_instrument_in_other_words_is_one_record() -> None:
    text = "The Nuclear Non-Proliferation Treaty was signed on 1 July 1968.\n\nPeru joined the NPT early."
    [record] = extract(text, media_type="text/plain")["agreements"]
    assert record.n_mentions == 2
    assert (record.date, record.acronym) == ("1968-07-01", "NPT")


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "records"),
    [
        ("The Lantern Treaty is a bilateral treaty between India and Indonesia.", 1),
        ("The Lantern Treaty (LT) remains a bilateral treaty between India and Indonesia.", 1),
        ("The Lantern Treaty led to a bilateral treaty between India and Indonesia.", 2),
    ],
)
def test_what_a_named_treaty_is_said_to_be_is_no_second_one(text: str, records: int) -> None:
    found = extract(text, media_type="text/plain")["agreements"]
    assert len(found) == records
    if records == 1:
        assert {party.name for party in found[0].parties} == {"India", "Indonesia"}


@pytest.mark.model
def test_two_agreements_of_the_same_parties_stay_two() -> None:
    text = (
        "A fisheries agreement between Peru and Chile was signed in 1972.\n\n"
        "A fisheries agreement between Peru and Chile was signed in 1985."
    )
    records = extract(text, media_type="text/plain")["agreements"]
    assert sorted(str(record.date) for record in records) == ["1972", "1985"]


def test_events_do_not_share_verbs() -> None:
    verbs = [verb for verbs in load_rules().relations.events.values() for verb in verbs]
    assert len(verbs) == len(set(verbs))


@pytest.mark.parametrize(
    ("short", "name", "same"),
    [
        ("Peru–Chile FTA", "Peru–Chile Free Trade Agreement", True),
        ("Peru–Chile FTA", "Peru–Brazil Free Trade Agreement", False),
        ("Peru–Chile FTA", "Peru–Chile Extradition Treaty", False),
        ("FTA", "Free Trade Agreement", False),  # an acronym of the whole name, which is another rule
    ],
)
def test_a_name_that_ends_in_an_acronym_of_the_others_end(short: str, name: str, same: bool) -> None:
    assert abbreviates_end(short, name) is same
