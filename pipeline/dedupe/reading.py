"""What a clause asserts, as all ways to read it return it."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.dedupe.synonyms import Sense


@dataclass(frozen=True, slots=True)
class Reading:
    """The sense of a clause and its parts: `who` does it, what else is said, the record it is done to."""

    sense: str
    group: Sense | None
    who: str
    whom: str
    patient: str | None = None
    taken: frozenset[str] = frozenset()  # stems that the sense stands for already
    weak: bool = False
    denies: bool = False  # "failed to sign": it did not
