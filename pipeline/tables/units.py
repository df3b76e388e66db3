"""units: every stretch of every article, kept or removed; the ledger of cleaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field

from pipeline.ids import stable_id
from pipeline.records import Related, ResidueKind, UnitKind
from pipeline.tables.row import Ref, Row, Table


class UnitRow(Row):
    unit_id: str = Field(description="key, from the article and the raw span")
    article_id: Annotated[str, Ref("articles")] = Field(description="the article it is a stretch of")
    ordinal: int = Field(description="number within the article, in raw order, from 0", ge=0)
    kind: UnitKind = Field(description="what the stretch is; residue is not part of the article")
    residue_kind: ResidueKind | None = Field(description="what kind of residue, null unless residue")
    section: list[str] = Field(description="the headings above it, outermost first")
    text: str = Field(description="its text; for kept units exactly `articles.text[start:end]`")
    start: int | None = Field(description="first character in `articles.text`, null for residue", ge=0)
    end: int | None = Field(description="character after the last one, null for residue", ge=0)
    raw_start: int = Field(description="first byte in the raw article", ge=0)
    raw_end: int = Field(description="byte after the last one", ge=0)
    rule_id: str | None = Field(description="the rule that decided the kind, for residue")
    paragraph: int = Field(description="number of the paragraph, list or table it stands in", ge=0)


def rows(related: Related) -> Iterator[dict[str, object]]:
    """Yield the rows of one article's units."""
    article_id = related.article.article_id
    for unit in related.units:
        yield {
            **{name: getattr(unit, name) for name in UnitRow.model_fields if hasattr(unit, name)},
            "unit_id": stable_id("units", article_id, unit.raw_start, unit.raw_end),
            "article_id": article_id,
            "section": list(unit.section),
        }


UNITS = Table("units", UnitRow, "unit_id")
