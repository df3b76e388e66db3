"""A calendar expression where it stands in an article."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.recognize.date_values import DateValue


@dataclass(frozen=True, slots=True)
class DateMention:
    """One expression; `anchor` is what placed a relative one: `published=…` or `text=<value>@<unit>:<start>-<end>`."""

    unit: int
    start: int
    end: int
    text: str
    value: DateValue
    rule_id: str
    confidence: float
    anchor: str | None
