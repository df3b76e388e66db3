"""evidence: the provenance of every value of every record."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.records import RecordTable
from pipeline.tables.row import Ref, Row, Table


class EvidenceRow(Row):
    evidence_id: str = Field(description="key")
    table: RecordTable = Field(description="the table of the record it supports")
    row_id: Annotated[str, Ref(None)] = Field(description="the record it supports")
    field: str | None = Field(description="the column it supports; null: it is a mention of the record itself")
    value: str | None = Field(description="the value it supports, as text")
    article_id: Annotated[str, Ref("articles")] = Field(description="the article it stands in")
    unit_id: Annotated[str, Ref("units")] = Field(description="the unit it stands in")
    start: int = Field(description="first character in `articles.text`", ge=0)
    end: int = Field(description="character after the last one", ge=1)
    raw_start: int = Field(description="first byte in the raw article", ge=0)
    raw_end: int = Field(description="byte after the last one", ge=1)
    quote: str = Field(description="the exact words: `articles.text[start:end]`", min_length=1)
    prefix: str = Field(description="up to 32 characters before the quote (W3C TextQuoteSelector)", max_length=32)
    suffix: str = Field(description="up to 32 characters after the quote", max_length=32)
    rule_id: str = Field(description="the rule or component that found it")
    detector: str = Field(description="the component and its version")
    confidence: float = Field(description="how sure the detector is, 0 to 1", ge=0, le=1)


EVIDENCE = Table("evidence", EvidenceRow, "evidence_id")
