"""The rules of claims as validated data: clause rules, filler words and the table of weights."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from pipeline.rule_files import read_rules

PATH = Path(__file__).parent.parent / "rules" / "claims.yml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ClauseRule(_Strict):
    """One way to read a clause, with sentences that show it."""

    id: str = Field(pattern=r"^claims\.[a-z_]+$")
    says: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)


class Evaluative(_Strict):
    """Lemmas of content words that judge and assert nothing checkable."""

    verbs: frozenset[str]
    adjectives: frozenset[str]
    nouns: frozenset[str]


class Weight(_Strict):
    """What one feature adds to the score, and why."""

    weight: float = Field(ge=-1, le=1)
    reason: str


class ClaimRules(_Strict):
    """The content of `rules/claims.yml`."""

    rules: tuple[ClauseRule, ...]
    levels: dict[str, str]
    evaluative: Evaluative
    deeds: frozenset[str]
    superlatives: frozenset[str]
    causal: frozenset[str]
    contested: frozenset[str]
    bodies: frozenset[str]
    instrument_verbs: frozenset[str]
    weights: dict[str, Weight]


@cache
def load_rules(path: Path = PATH) -> ClaimRules:
    """Read and validate the rules of claims.

    Raises:
        ConfigError: the file does not have the expected form.
    """
    return read_rules(path, ClaimRules)
