"""Predicates and words that say the same: rules/lexicons/synonyms_predicates.yml, checked once."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Literal

from pydantic import BaseModel, ConfigDict

_STRICT = ConfigDict(extra="forbid", frozen=True)
_BOUND = "more than|over|at least|up to|nearly|almost|about|around|some|approximately|roughly"
_NUMBER_WORDS = (
    "two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|"
    "nineteen|twenty|thirty|forty|fifty|sixty|hundred"
)


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
    one_count: tuple[str, ...] = ()
    of_deeds: bool = False


class Event(BaseModel):
    """Words that say a sense in any order; what each key means stands in the file itself."""

    model_config = _STRICT
    sense: str
    of: frozenset[str]
    value: Literal["date", "doers", "place", "count"]
    words: tuple[str, ...]
    beside: frozenset[str] = frozenset()
    denies: frozenset[str] = frozenset()
    weak: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Return what finds the words of the sense."""
        return re.compile(rf"(?<![\w@])(?:{'|'.join(sorted(self.words, key=len, reverse=True))})(?![\w’'-])")

    @cached_property
    def record(self) -> re.Pattern[str]:
        """Return what finds the id of a record that it may be said of."""
        return re.compile(rf"@(?:{'|'.join(sorted(self.of))})_\w+")

    @cached_property
    def counted(self) -> re.Pattern[str]:
        """Return what finds a number with the word it counts."""
        return re.compile(
            rf"(?<!in )\b(?:(?P<bound>{_BOUND}|no fewer than) )?(?P<n>\d[\d,]*|{_NUMBER_WORDS}) "
            rf"(?=(?:{'|'.join(self.words)})\b)"
        )


class Synonyms(BaseModel):
    """Predicates and words that say the same."""

    model_config = _STRICT
    irregular: dict[str, str]
    light_verbs: frozenset[str]
    light_words: frozenset[str]
    colouring: frozenset[str]
    denying: frozenset[str]
    points_back: frozenset[str]
    senses: tuple[Sense, ...]
    parts: frozenset[str]
    words: tuple[tuple[str, ...], ...]
    remarking: frozenset[str]
    regarding: frozenset[str]
    harmless: frozenset[str]
    adjuncts: tuple[str, ...]
    former: tuple[str, ...]
    events: tuple[Event, ...]

    @cached_property
    def of_verb(self) -> dict[str, Sense]:
        """Lemma → its group."""
        return {verb: group for group in self.senses for verb in (*group.verbs, *group.converse)}

    @cached_property
    def lemma_of(self) -> dict[str, str]:
        """Every form of a verb of the table → its lemma; a lemmatizer may not know the rarer ones."""
        verbs = {verb for verb in (*self.of_verb, *self.light_verbs, *self.denying, *self.colouring) if " " not in verb}
        found = {form: verb for verb in sorted(verbs) for form in _forms_of(verb)}
        return {**found, **self.irregular}

    @cached_property
    def of_noun(self) -> dict[str, Sense]:
        """Noun → the group it stands for behind a light verb."""
        return {noun: group for group in self.senses for noun in group.nouns}

    @cached_property
    def by_sense(self) -> dict[str, Sense]:
        """Name of the group → the group."""
        return {group.sense: group for group in self.senses}

    @cached_property
    def adjunct(self) -> re.Pattern[str]:
        """Return what opens an adjunct right behind a name or a date."""
        return re.compile(rf"\s*[,;(]?\s*(?:{'|'.join(self.adjuncts)})\b")

    @cached_property
    def aside(self) -> re.Pattern[str]:
        """Return what opens an adjunct behind a count: it must be set off, "64 members on its board" counts others."""
        return re.compile(rf"\s*[,;(]\s*(?:{'|'.join(self.adjuncts)}|\w+ing)\b")

    @cached_property
    def once_there(self) -> re.Pattern[str]:
        """Return what says that it is no longer so."""
        return re.compile(rf"\b(?:{'|'.join(self.former)})\b", re.I)

    @cached_property
    def of_word(self) -> dict[str, str]:
        """Word or phrase → the one that stands for all of its group."""
        return {word: group[0] for group in self.words for word in group[1:]}


def _forms_of(verb: str) -> tuple[str, ...]:
    root = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    twice = f"{verb}{verb[-1]}"
    return verb, f"{verb}s", f"{verb}es", f"{root}ed", f"{root}ing", f"{twice}ed", f"{twice}ing"
