"""Which of several readings of the same words stands: by declared order, never by the order of finding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.records import MentionLabel

# First wins between readings of equal length. A longer reading wins over a shorter one inside it, whatever the source.
SOURCES = ("definition", "lexicon", "model", "repeated")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch of a unit."""

    start: int
    end: int
    label: MentionLabel
    kind: str  # label of the source: ORG, GPE, LOC, PERSON, EVENT, NORP
    source: str
    rule_id: str
    detector: str
    confidence: float


def choose(readings: Iterable[Reading], *, blocked: Iterable[tuple[int, int]] = ()) -> list[Reading]:
    """Return readings that overlap neither each other nor a blocked stretch, in the order of the text."""
    taken = list(blocked)
    kept: list[Reading] = []
    order = sorted(
        readings,
        key=lambda one: (one.start - one.end, SOURCES.index(one.source), -one.confidence, one.start, one.label),
    )
    for one in order:
        if all(one.end <= start or end <= one.start for start, end in taken):
            taken.append((one.start, one.end))
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
