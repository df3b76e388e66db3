"""rejects: what could not be used, and why."""

from __future__ import annotations

from pydantic import Field

from pipeline.tables.row import Row, Table


class RejectRow(Row):
    source: str = Field(description="path under raw/, with `#<line>` for a line of a JSONL file")
    sha256: str | None = Field(description="SHA-256 of the bytes, null if they could not be read")
    stage: str = Field(description="the stage that refused it")
    code: str = Field(description="short stable name of the reason")
    message: str = Field(description="one line that says what was found")


REJECTS = Table("rejects", RejectRow, None, ("source", "code", "message"))
