"""organizations: bodies that have members or staff and can act, one row each across all articles."""

from __future__ import annotations

from pydantic import Field

from pipeline.records import OrganizationKind
from pipeline.tables.row import Row, Table


class OrganizationRow(Row):
    organization_id: str = Field(description="key")
    name: str = Field(description="the fullest form of the name")
    acronym: str | None = Field(description="its acronym, if the articles or the lexicon know one")
    aliases: list[str] = Field(description="other forms of the name, the acronym among them")
    kind: OrganizationKind = Field(description="what kind of body")
    n_mentions: int = Field(description="number of mentions", ge=1)
    n_articles: int = Field(description="number of articles that mention it", ge=1)
    n_independent: int = Field(description="the same, articles that copy each other counted once", ge=1)


ORGANIZATIONS = Table("organizations", OrganizationRow, "organization_id")
