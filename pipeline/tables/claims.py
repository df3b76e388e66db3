"""claims: one row per proposition, merged across the articles that assert the same."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pipeline.records import Level, Modality, Polarity
from pipeline.tables.row import Ref, Row, Table


class ClaimRow(Row):
    claim_id: str = Field(description="key")
    text: str = Field(description="the sentence that makes the claim")
    level: Level = Field(description="specific: could be looked up; general: names a particular, too vague to check")
    score: float = Field(description="how worth checking, 0 to 1", ge=0, le=1)
    subject: str | None = Field(description="who or what it is said of")
    predicate: str | None = Field(description="what is said of it")
    object: str | None = Field(description="the rest that is needed to check it")
    polarity: Polarity = Field(description="affirmed or negated")
    modality: Modality = Field(description="asserted, hedged, predicted or prescribed")
    attribution: str | None = Field(description="who is said to say so, null if the article itself does")
    organizations: list[Annotated[str, Ref("organizations")]] = Field(description="organizations named in it")
    places: list[Annotated[str, Ref("places")]] = Field(description="places named in it")
    dates: list[Annotated[str, Ref("dates")]] = Field(description="dates named in it")
    agreements: list[Annotated[str, Ref("agreements")]] = Field(description="agreements named in it")
    n_mentions: int = Field(description="number of times it is asserted", ge=1)
    n_articles: int = Field(description="number of articles that assert it", ge=1)
    n_independent: int = Field(description="the same, articles that copy each other counted once", ge=1)
    in_conflict: bool = Field(description="whether another place says differently, see conflicts")
    predicate_lemma: str | None = Field(description="lemma of the predicate's content word, used for comparing")
    subject_resolved: str | None = Field(description="the name that a pronoun or generic subject stands for, when safe")
    object_resolved: str | None = Field(description="the name that a pronoun in the object stands for, when safe")
    score_detail: str = Field(description="the weights that made the score")


CLAIMS = Table("claims", ClaimRow, "claim_id")
