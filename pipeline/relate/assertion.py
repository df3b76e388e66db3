"""What a clause commits its author to: polarity, modality and whose assertion it is, from cue words as data.

The scope of a cue is the clause of the dependency parse it stands in, after ConText (Harkema, Dowling, Thornblade,
Chapman 2009), which takes a window of words instead.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.records import Modality, Polarity
from pipeline.rule_files import read_rules

PATH = Path(__file__).parent.parent / "rules" / "assertions.yml"
Cue = Literal["prescribed", "predicted", "hedged"]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ModalityCues(_Strict):
    auxiliaries: frozenset[str]
    governors: frozenset[str]
    adverbs: frozenset[str]


class _AttributionCues(_Strict):
    verbs: frozenset[str]
    prepositions: frozenset[str]


class AssertionRules(_Strict):
    """The cue lists of `rules/assertions.yml`."""

    negation: frozenset[str]
    modality: dict[Cue, _ModalityCues]
    attribution: _AttributionCues
    prepositional_verbs: dict[str, frozenset[str]]
    passives: frozenset[str]  # lemmas
    states: frozenset[str]  # lemmas
    openers: frozenset[str]  # lower case, without punctuation
    actions: dict[str, str]  # noun → verb
    counted: frozenset[str]  # lemmas

    def keeps_preposition(self, verb: str, preposition: str) -> bool:
        """Tell whether `preposition` belongs to the sense of `verb` (both lemmas)."""
        return verb in self.prepositional_verbs.get(preposition, ())


@dataclass(frozen=True, slots=True)
class PredicateWords:
    """The words of a predicate, lower case: what stands in it and how."""

    auxiliaries: tuple[str, ...]  # forms
    governors: tuple[str, ...]  # lemmas of the verbs and adjectives that govern the content verb
    adverbs: tuple[str, ...]  # lemmas, also of sentence adverbs
    negations: tuple[str, ...]


@cache
def load_rules(path: Path = PATH) -> AssertionRules:
    """Read the cue lists.

    Raises:
        ConfigError: the file does not have the expected form.
    """
    return read_rules(path, AssertionRules)


def polarity(words: PredicateWords) -> Polarity:
    """Return `negated` for an odd number of negations: "did not deny" affirms."""
    return "negated" if len(words.negations) % 2 else "affirmed"


def modality(words: PredicateWords, rules: AssertionRules) -> Modality:
    """Return the first modality, in the order of the file, that a cue of the predicate asks for."""
    cues: Mapping[Cue, _ModalityCues] = rules.modality
    for name, cue in cues.items():
        if (
            not cue.auxiliaries.isdisjoint(words.auxiliaries)
            or not cue.governors.isdisjoint(words.governors)
            or not cue.adverbs.isdisjoint(words.adverbs)
        ):
            return name
    return "asserted"
