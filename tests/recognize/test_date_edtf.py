"""Every value made of the articles that ship is EDTF to the `edtf` library, with the bounds that the library has."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.recognize.date_values import DateValue
from tests.quality.edtf_values import difference, paths_of, read_units, values

ROOT = Path(__file__).parents[2]
ARTICLES = [
    *(str(path) for path in sorted((ROOT / "models" / "training").glob("genre*"))),
    str(ROOT / "raw" / "sample"),
]
FILES = list(paths_of(ARTICLES))


def test_there_are_many_articles() -> None:
    assert len(FILES) > 80


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_values_are_those_of_the_library(path: Path) -> None:
    found = {(text, value) for units in read_units(path) for text, value in values(units)}
    assert found
    assert [(text, value.edtf, said) for text, value in found if (said := difference(value)) is not None] == []


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest", "said"),
    [
        ("2001-13-01", date(2001, 1, 1), date(2001, 1, 1), "not valid"),
        ("early 2000s", date(2000, 1, 1), date(2009, 12, 31), "not valid"),
        ("200X", date(2000, 1, 1), date(2010, 12, 31), "ends (2009, 12, 31), not 2010-12-31"),
        ("2001-22", date(2001, 5, 1), date(2001, 8, 31), "begins (2001, 6, 1), not 2001-05-01"),
        ("2001-24", date(2001, 12, 1), date(2002, 2, 28), None),
        ("-0043", None, None, None),
    ],
)
def test_a_difference_is_seen(edtf: str, earliest: date | None, latest: date | None, said: str | None) -> None:
    assert difference(DateValue("2001", "DATE", edtf, earliest, latest, "year")) == said
