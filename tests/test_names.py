"""display_name keeps what a reader sees; compare_name makes equal what is one name and nothing else."""

from __future__ import annotations

import pytest

from pipeline.names import compare_name, display_name, initials


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("the Arctic Council", "Arctic Council"),
        ("Arctic Council’s", "Arctic Council"),
        ("United States'", "United States"),
        ("The Hague", "The Hague"),
        ("Nordic\n  Council", "Nordic Council"),
        ("“Médecins Sans Frontières”", "Médecins Sans Frontières"),
        ("U.S.", "U.S."),
    ],
)
def test_display_name(text: str, shown: str) -> None:
    assert display_name(text) == shown


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Organisation of African Unity", "the Organization of African Unity’s"),
        ("U.N.", "UN"),
        ("U.S", "US"),
        ("European Defence Agency", "European Defense Agency"),
        ("Centre for Human Rights", "Center for Human Rights"),
        ("Al-Qaeda", "al Qaeda"),
        ("Médecins Sans Frontières", "Medecins Sans Frontieres"),
        ("World Food Programme", "World Food Program"),
        ("Food & Agriculture Organization", "Food and Agriculture Organization"),
        ("Tigray People's Liberation Front", "Tigray People’s Liberation Front"),
    ],
)
def test_compare_name_makes_one_name_equal(one: str, other: str) -> None:
    assert compare_name(one) == compare_name(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("African Union", "African Development Bank"),
        ("Ministry of Defence of Japan", "Ministry of Defence of India"),
        ("1972 Agreement", "1985 Agreement"),
        ("Council of Europe", "Council of the Europe Group"),
        ("Promise Group", "Promize Group"),
        ("Niger", "Nigeria"),
    ],
)
def test_compare_name_keeps_two_names_apart(one: str, other: str) -> None:
    assert compare_name(one) != compare_name(other)


@pytest.mark.parametrize(
    ("name", "letters"),
    [("World Health Organization", "WHO"), ("Organization of American States", "OAS"), ("G5 Sahel", "GS")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters
