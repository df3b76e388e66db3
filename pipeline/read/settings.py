"""What `read` may take in: sizes and the names of the fields of a JSONL line."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field, PositiveInt


class ReadSettings(BaseModel):
    """Limits and field names; part of the settings of a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    max_bytes: PositiveInt = Field(100_000_000, description="largest file taken, in bytes as it lies on disk")
    max_unpacked_bytes: PositiveInt = Field(100_000_000, description="largest size a .gz file may unpack to, in bytes")
    max_article_bytes: PositiveInt = Field(60_000_000, description="largest single article, in bytes")
    text_field: str = Field("text", description="JSONL field with the plain text of an article")
    html_field: str = Field("html", description="JSONL field with the HTML of an article, where there is no text")
    title_field: str = Field("title", description="JSONL field with the title")
    url_field: str = Field("url", description="JSONL field with the address")
    published_field: str = Field("published", description="JSONL field with the date of publication")
