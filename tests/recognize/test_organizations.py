"""Bodies of one article are one record where the article says so, and places and their states keep apart."""

from __future__ import annotations

import pytest

from pipeline import extract

SAME = [
    ("The Regional Anti-Smuggling Network (RASN) met in Lima. RASN has twelve members.", {"RASN"}),
    ("RASN (Regional Anti-Smuggling Network) is based in Lima. RASN is old.", {"RASN"}),
    ("The Harbour Watch Institute, known as HWI, published a report. HWI is in Oslo.", {"HWI"}),
    ("The Regional Anti-Smuggling Network met in Lima. Later the Network moved to Quito.", {"Network"}),
    ("The Baltic Trade Council, also called the Amber League, met in Riga.", {"Amber League"}),
    ("The United Nations met. The UN decided, the U.N. said.", {"UN", "U.N."}),
]
PLACES = [
    ("The U.S. and the United States are one; the USA too.", {("United States", "USA")}),
    ("Yugoslavia and the Soviet Union signed a pact.", {("Yugoslavia", "YUG"), ("Soviet Union", "SUN")}),
    ("French officials met the Kenyan delegation in Peru.", {("Peru", "PER")}),
    ("Swaziland and Burma joined.", {("Eswatini", "SWZ"), ("Myanmar", "MMR")}),
]


@pytest.mark.model
@pytest.mark.parametrize(("text", "aliases"), SAME)
def test_one_body(text: str, aliases: set[str]) -> None:
    [record] = extract(text)["organizations"]
    assert aliases <= set(record.aliases)
    assert record.name not in aliases


@pytest.mark.model
@pytest.mark.parametrize(("text", "places"), PLACES)
def test_places(text: str, places: set[tuple[str, str]]) -> None:
    assert {(record.name, record.iso3) for record in extract(text)["places"]} == places
