"""conflicts: what two places say differently."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.records import RecordTable
from pipeline.tables.row import Ref, Row, Table


class ConflictRow(Row):
    conflict_id: str = Field(description="key")
    table: RecordTable = Field(description="the table of the records that differ")
    row_ids: list[Annotated[str, Ref(None)]] = Field(description="the records that differ")
    field: str = Field(description="the column they differ in")
    values: list[str] = Field(description="the values that stand against each other")
    evidence_ids: list[Annotated[str, Ref("evidence")]] = Field(description="where each value stands")
    reason: str = Field(description="why the values cannot both hold")


CONFLICTS = Table("conflicts", ConflictRow, "conflict_id")
