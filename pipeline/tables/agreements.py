"""agreements: named instruments, and unnamed ones whose parties are identified."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from pydantic import Field

from pipeline.records import AgreementEvent, AgreementKind, AgreementStatus, PartyKind
from pipeline.tables.row import Ref, Row, Table

Day = date  # the type, in a row that has a column of the name `date`


class PartyRow(Row):
    party_id: Annotated[str | None, Ref("organizations"), Ref("places")] = Field(
        description="the organization or place, null if it is neither"
    )
    name: str = Field(description="name of the party")
    kind: PartyKind = Field(description="state, organization or other")


class AgreementRow(Row):
    agreement_id: str = Field(description="key")
    name: str | None = Field(description="name of the instrument, null if unnamed")
    display_name: str = Field(description="name, or a label made from the parties and the kind")
    acronym: str | None = Field(description="its acronym, if any")
    aliases: list[str] = Field(description="other forms of the name")
    named: bool = Field(description="whether it has a name of its own")
    kind: AgreementKind = Field(description="what kind of instrument")
    parties: list[PartyRow] = Field(description="states and organizations the text says are party to it or made it")
    subject: str | None = Field(description="what it is about, in the text's words, or null")
    event: AgreementEvent | None = Field(description="what happened to it on `date`")
    date: str | None = Field(description="EDTF of that event")
    earliest: Day | None = Field(description="first day `date` can mean")
    latest: Day | None = Field(description="last day `date` can mean")
    n_mentions: int = Field(description="number of mentions", ge=1)
    n_articles: int = Field(description="number of articles that mention it", ge=1)
    n_independent: int = Field(description="the same, articles that copy each other counted once", ge=1)
    in_conflict: bool = Field(description="whether two places say different things of it, see conflicts")
    status: AgreementStatus = Field(description="whether the text asserts, denies or plans it, or says it has ended")


AGREEMENTS = Table("agreements", AgreementRow, "agreement_id")
