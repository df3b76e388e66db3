"""One article in memory becomes rows, and nothing is written."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import extract
from pipeline.errors import ConfigError
from pipeline.tables import TABLES

TEXT = "The Lantern Accord\n\nThe ministers of Norland signed the accord in May 2003. Read more on our site.\n" + (
    "It set up a council of twelve members, which meets once a year in the harbour town of the north.\n"
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("given", "media_type"),
    [
        (TEXT, "text/plain"),
        (TEXT.encode(), "text/plain"),
        ("# " + TEXT, "text/markdown"),
        (f"<h1>The Lantern Accord</h1><p>{TEXT[20:]}</p>", "text/html"),
    ],
)
def test_the_rows_of_one_article(
    given: str | bytes, media_type: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rows = extract(given, media_type, published="2024-05-01", source="mine")  # type: ignore[arg-type]
    assert list(rows) == [table.name for table in TABLES]
    (article,) = rows["articles"]
    assert (article.source, str(article.published), article.title) == ("mine", "2024-05-01", "The Lantern Accord")
    assert all(type(row) is table.row for table in TABLES for row in rows[table.name])
    assert not list(tmp_path.iterdir())


def test_what_cannot_be_used_is_a_reject() -> None:
    rows = extract(b"\x00\x01\x02" * 99)
    assert [row.code for row in rows["rejects"]] == ["binary"]
    assert rows["articles"] == []


@pytest.mark.parametrize(("media_type", "published"), [("application/pdf", None), ("text/plain", "yesterday")])
def test_wrong_use_is_an_error(media_type: str, published: str | None) -> None:
    with pytest.raises(ConfigError, match=r"media_type|published"):
        extract(TEXT, media_type, published)  # type: ignore[arg-type]
