"""articles: one row per raw article read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated

from pydantic import Field

from pipeline.records import MediaType, Related
from pipeline.tables.row import Ref, Row, Table


class ArticleRow(Row):
    article_id: str = Field(description="key, from the source and the raw bytes")
    source: str = Field(description="path under raw/, with `#<line>` for a line of a JSONL file")
    sha256: str = Field(
        description="SHA-256 of the raw bytes (unpacked, if the file is a .gz)", pattern=r"^[0-9a-f]{64}$"
    )
    n_bytes: int = Field(description="number of raw bytes", ge=0)
    media_type: MediaType = Field(description="what the raw bytes are")
    encoding: str = Field(description="character encoding of the raw bytes, as found")
    language: str = Field(description="language of the text, ISO 639-1")
    title: str | None = Field(description="the article's own title")
    published: date | None = Field(description="day of publication, null if unknown")
    ai_disclosure: str | None = Field(description="text of the notice that the article was generated, or null")
    text: str = Field(description="the cleaned text; all `start`, `end` count its characters")
    duplicate_of: Annotated[str | None, Ref("articles")] = Field(
        description="the article this one repeats whole or nearly, or null"
    )
    family_id: str = Field(description="shared by articles that copy each other; independent counts count families")
    n_units: int = Field(description="number of units, kept and removed", ge=0)
    n_words: int = Field(description="number of words of the cleaned text", ge=0)
    url: str | None = Field(description="address the article was published at, if the input says so")
    family_reason: str | None = Field(description="why the article belongs to a family of more than one, or null")


def rows(related: Related) -> Iterator[dict[str, object]]:
    """Yield the row of one article, as a family of its own."""
    article = related.article
    yield {
        **{name: getattr(article, name) for name in ArticleRow.model_fields if hasattr(article, name)},
        "duplicate_of": None,
        "family_id": article.article_id,
        "n_units": len(related.units),
        "n_words": len(article.text.split()),
        "family_reason": None,
    }


ARTICLES = Table("articles", ArticleRow, "article_id")
