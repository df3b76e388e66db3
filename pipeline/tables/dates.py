"""dates: calendar expressions, by what they mean."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from pipeline.records import DateType, Modifier, Precision
from pipeline.tables.row import Row, Table


class DateRow(Row):
    date_id: str = Field(description="key")
    edtf: str | None = Field(description="the value as EDTF (ISO 8601-2), null for DURATION and SET")
    timex: str = Field(description="the value as in TIMEX3")
    type: DateType = Field(description="TIMEX3 type")
    earliest: date | None = Field(
        description="first day it can mean, null for DURATION and SET; early, mid and late mean half of it"
    )
    latest: date | None = Field(
        description="last day it can mean, null for DURATION and SET; so at each end of a range"
    )
    precision: Precision | None = Field(description="how exact the expression is")
    modifier: Modifier | None = Field(description="early, mid, late, circa, before or after, or null")
    n_mentions: int = Field(description="number of mentions", ge=1)
    n_articles: int = Field(description="number of articles that mention it", ge=1)


DATES = Table("dates", DateRow, "date_id")
