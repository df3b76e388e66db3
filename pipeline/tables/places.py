"""places: states, territories, regions and cities by proper name."""

from __future__ import annotations

from pydantic import Field

from pipeline.records import PlaceKind
from pipeline.tables.row import Row, Table


class PlaceRow(Row):
    place_id: str = Field(description="key")
    name: str = Field(description="usual name")
    kind: PlaceKind = Field(description="what kind of place")
    iso3: str | None = Field(
        description="ISO 3166 alpha-3 code, for states and coded territories", pattern=r"^[A-Z]{3}$"
    )
    aliases: list[str] = Field(description="other forms of the name")
    n_mentions: int = Field(description="number of mentions", ge=1)
    n_articles: int = Field(description="number of articles that mention it", ge=1)


PLACES = Table("places", PlaceRow, "place_id")
