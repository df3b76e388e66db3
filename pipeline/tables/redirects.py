"""redirects: ids of merged forms, so that an id written down before a merge still leads to its record."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.records import RecordTable
from pipeline.tables.row import Ref, Row, Table


class RedirectRow(Row):
    old_id: str = Field(description="the id the form would have as a record of its own; key")
    new_id: Annotated[str, Ref(None)] = Field(description="the record it was merged into")
    table: RecordTable = Field(description="the table of the record")
    score: float | None = Field(description="how alike the two are, null where a rule decided")
    detail: str = Field(description="what made them one: features and weights, or the rule")


REDIRECTS = Table("redirects", RedirectRow, "old_id")
