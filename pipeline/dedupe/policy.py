"""The policy of the stage as data: rules/policy.yml and rules/lexicons/synonyms_predicates.yml, checked once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import srsly
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError

RULES = Path(__file__).parent.parent / "rules"
_STRICT = ConfigDict(extra="forbid", frozen=True)
NameFeature = Literal[
    "same_name", "alias", "acronym", "same_words", "same_acronym", "alike", "same_number", "same_parties"
]
ClaimFeature = Literal["same_subject", "same_object", "same_words", "extra_words", "replaced_words", "same_event"]
NameVeto = Literal["different_body", "different_number", "different_parties"]
ClaimVeto = Literal[
    "different_names",
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


class ClaimPolicy(BaseModel):
    """When two propositions are one claim."""

    model_config = _STRICT
    merge: float
    weights: dict[ClaimFeature, float]
    never: frozenset[ClaimVeto]


class ConflictPolicy(BaseModel):
    """Which words make a number a bound."""

    model_config = _STRICT
    at_least: tuple[str, ...]
    at_most: tuple[str, ...]
    about: tuple[str, ...]
    about_share: float


class Sense(BaseModel):
    """Verbs and nouns that assert the same; what each key means stands in the file itself."""

    model_config = _STRICT
    sense: str
    verbs: tuple[str, ...]
    nouns: tuple[str, ...] = ()
    converse: tuple[str, ...] = ()
    once: bool = False
    by_each: bool = False
    either_way: bool = False
    one_place: bool = False
    of_deeds: bool = False
    turned_words: dict[str, str] = {}


class Phrase(BaseModel):
    """Words of a predicate that say together what none of them says alone."""

    model_config = _STRICT
    sense: str
    says: tuple[str, ...]
    weak: bool = False
    not_for: bool = False


class Synonyms(BaseModel):
    """Predicates and words that say the same."""

    model_config = _STRICT
    irregular: dict[str, str]
    light_verbs: frozenset[str]
    senses: tuple[Sense, ...]
    phrases: tuple[Phrase, ...]
    words: tuple[tuple[str, ...], ...]

    @cached_property
    def of_verb(self) -> dict[str, Sense]:
        """Lemma → its group."""
        return {verb: group for group in self.senses for verb in (*group.verbs, *group.converse)}

    @cached_property
    def lemma_of(self) -> dict[str, str]:
        """Every form of a verb of the table → its lemma; a lemmatizer may not know the rarer ones."""
        verbs = {verb for verb in (*self.of_verb, *self.light_verbs) if " " not in verb}
        found = {form: verb for verb in sorted(verbs) for form in _forms_of(verb)}
        return {**found, **self.irregular}

    @cached_property
    def of_noun(self) -> dict[str, Sense]:
        """Noun → the group it stands for behind a light verb."""
        return {noun: group for group in self.senses for noun in group.nouns}

    @cached_property
    def seats(self) -> frozenset[str]:
        """Nouns for where somebody sits."""
        return frozenset(noun for group in self.senses if group.one_place for noun in group.nouns)

    @cached_property
    def by_sense(self) -> dict[str, Sense]:
        """Name of the group → the group."""
        return {group.sense: group for group in self.senses}

    @cached_property
    def _phrases(self) -> tuple[tuple[re.Pattern[str], Phrase], ...]:
        return tuple(
            (
                re.compile(r"(?:has |have |had |also |first )*(?:" + "|".join(map(re.escape, phrase.says)) + r")\b"),
                phrase,
            )
            for phrase in self.phrases
        )

    def phrase_of(self, said: str) -> Phrase | None:
        """Return the phrase that a predicate with its object begins with."""
        words = " ".join(said.lower().split())
        return next((phrase for pattern, phrase in self._phrases if pattern.match(words)), None)

    def words_of(self, phrase: Phrase) -> frozenset[str]:
        """Return all words of a phrase."""
        return frozenset(word for says in phrase.says for word in says.split())

    @cached_property
    def of_word(self) -> dict[str, str]:
        """Word or phrase → the one that stands for all of its group."""
        return {word: group[0] for group in self.words for word in group[1:]}


def _forms_of(verb: str) -> tuple[str, ...]:
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    twice = f"{verb}{verb[-1]}"
    return verb, f"{verb}s", f"{verb}es", f"{stem}ed", f"{stem}ing", f"{twice}ed", f"{twice}ing"


@dataclass(frozen=True, slots=True)
class Policy:
    """All that decides what is merged."""

    names: NamePolicy
    families: FamilyPolicy
    claims: ClaimPolicy
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
            claims=ClaimPolicy.model_validate(data["claims"]),
            conflicts=ConflictPolicy.model_validate(data["conflicts"]),
            synonyms=Synonyms.model_validate(srsly.read_yaml(lexicon)),
        )
    except KeyError as error:
        raise ConfigError(f"{file}: {error} is missing") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{file}: {error.title}: {where}: {first['msg']}: {first['input']!r}") from error
