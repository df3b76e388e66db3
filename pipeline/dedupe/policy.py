"""The policy of the stage as data: rules/policy.yml and rules/lexicons/synonyms_predicates.yml, checked once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import srsly
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.dedupe.synonyms import Synonyms
from pipeline.errors import ConfigError

RULES = Path(__file__).parent.parent / "rules"
_STRICT = ConfigDict(extra="forbid", frozen=True)
NameFeature = Literal[
    "same_name", "alias", "acronym", "same_words", "same_acronym", "alike", "same_number", "same_parties"
]
WordFeature = Literal["same_subject", "same_object", "same_words", "extra_words", "replaced_words"]
FactFeature = Literal["same_record", "same_time", "same_place", "same_count", "same_doers"]
NameVeto = Literal["different_body", "different_number", "different_parties"]
ClaimVeto = Literal[
    "different_names",
    "different_counts",
    "different_doers",
    "different_places",
    "different_numbers",
    "different_dates",
    "different_polarity",
    "different_modality",
    "different_attribution",
    "different_sense",
    "different_direction",
    "unresolved_pronoun",
    "no_name",
]


class NamePolicy(BaseModel):
    """When two names are one record."""

    model_config = _STRICT
    merge: float
    weights: dict[NameFeature, float]
    alike_from: float = Field(ge=0, le=100)
    never: frozenset[NameVeto]
    generic_words: frozenset[str]


class FamilyPolicy(BaseModel):
    """When two articles are of one family; the fields are explained in policy.yml."""

    model_config = _STRICT
    shingle_words: int = Field(ge=1)
    permutations: int = Field(ge=8)
    bands: int = Field(ge=1)
    shared: float = Field(gt=0, le=1)
    contained: float = Field(gt=0, le=1)
    repeats: float = Field(gt=0, le=1)
    min_shingles: int
    sentence_words: int
    shared_sentences: int = Field(ge=1)
    shared_sentence_words: float
    shared_words: int
    furniture_articles: int = Field(ge=2)
    furniture_share: float


class WordPolicy(BaseModel):
    """When two propositions are one claim by their words."""

    model_config = _STRICT
    merge: float
    weights: dict[WordFeature, float]
    never: frozenset[ClaimVeto]


class FactPolicy(BaseModel):
    """When two propositions are one claim because they say one fact of one record."""

    model_config = _STRICT
    merge: float
    weights: dict[FactFeature, float]
    never: frozenset[ClaimVeto]


class ConflictPolicy(BaseModel):
    """Which words make a number a bound."""

    model_config = _STRICT
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    about_share: float


@dataclass(frozen=True, slots=True)
class Policy:
    """All that decides what is merged."""

    names: NamePolicy
    families: FamilyPolicy
    claims: WordPolicy
    facts: FactPolicy
    conflicts: ConflictPolicy
    synonyms: Synonyms


def load_policy(rules: Path = RULES) -> Policy:
    """Read the policy.

    Raises:
        ConfigError: a key is unknown or missing, or a value does not fit; the message says which.
    """
    file, lexicon = rules / "policy.yml", rules / "lexicons" / "synonyms_predicates.yml"
    data: dict[str, Any] = srsly.read_yaml(file)
    try:
        return Policy(
            names=NamePolicy.model_validate(data["names"]),
            families=FamilyPolicy.model_validate(data["families"]),
            claims=WordPolicy.model_validate(data["claims"]),
            facts=FactPolicy.model_validate(data["facts"]),
            conflicts=ConflictPolicy.model_validate(data["conflicts"]),
            synonyms=Synonyms.model_validate(srsly.read_yaml(lexicon)),
        )
    except KeyError as error:
        raise ConfigError(f"{file}: {error} is missing") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{file}: {error.title}: {where}: {first['msg']}: {first['input']!r}") from error
