"""Residue rules: what is not the article, as data. The rules are read from rules/residue.yml and checked."""

from __future__ import annotations

import re
from functools import cache, cached_property
from pathlib import Path
from typing import Literal

import srsly
from pydantic import BaseModel, ConfigDict

from pipeline.records import ResidueKind

_FILE = Path(__file__).parents[1] / "rules" / "residue.yml"
_LONGEST = 600  # characters
_TERM = re.compile(r"\{([a-z]+)\}")
DISCLOSURE = "residue.disclose_machine"


class Rule(BaseModel):
    """Patterns over a whole block; what they mean stands at the head of the file."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    kind: ResidueKind
    max_words: int
    whole: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    holds: tuple[str, ...] = ()
    where: Literal["any", "top"] = "any"
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @property
    def beginnings(self) -> tuple[str, ...]:
        """What is tried where the block begins, after signs."""
        return (*(rf"(?:{pattern})\W*\Z" for pattern in self.whole), *self.opens)

    def takes(self, text: str) -> bool:
        """Tell whether the rule holds for a block."""
        return len(text) < _LONGEST and len(text.split()) <= self.max_words and self.matches(text)

    def matches(self, text: str) -> bool:
        """Tell whether a pattern of the rule holds, however long the block is."""
        return _holds(self.beginnings, self.holds, text)


class Disclosure(BaseModel):
    """The parts a disclosure is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    agent: str
    made: str
    self: str
    opening: str
    alone: str
    about: str
    follow: str
    max_words: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def may_disclose(self, text: str) -> bool:
        """Tell whether a sentence of `text` could disclose anything: whether it names a machine at all."""
        return _found(self.agent, text) or _found(self.alone, text)

    def discloses(self, sentence: str) -> bool:
        """Tell whether a sentence says that a machine made this text."""
        if len(sentence) > 600:
            return False
        if _found(self.alone, sentence):
            return True
        if not _found(self.agent, sentence):
            return False
        if _found(self.opening, sentence) and not _found(self.about, sentence):
            return True
        said = _found(self.made, sentence) and _found(self.self, sentence)
        return said and not _found(self.about, sentence)

    def follows(self, sentence: str) -> bool:
        """Tell whether a sentence beside a disclosure belongs to it: asks to check, warns of mistakes."""
        said = _found(self.follow, sentence) or _found(self.opening, sentence)
        return len(sentence) < 400 and (said or not any(map(str.isalpha, sentence)))


class ResidueRules(BaseModel):
    """All of rules/residue.yml, with the terms written out."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rules: tuple[Rule, ...]
    furniture: dict[ResidueKind, frozenset[str]]
    disclosure: Disclosure

    def rule_for(self, text: str, *, top: bool = False) -> Rule | None:
        """Return the first rule that takes the block."""
        if len(text) >= _LONGEST or (words := len(text.split())) > self.longest or not _holds(*self.patterns, text):
            return None
        able = (rule for rule in self.rules if words <= rule.max_words and (top or rule.where == "any"))
        return next((rule for rule in able if rule.matches(text)), None)

    @cached_property
    def patterns(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """All patterns of all rules, tried at once: most blocks are prose and hold none."""
        beginnings = tuple(pattern for rule in self.rules for pattern in rule.beginnings)
        return beginnings, tuple(pattern for rule in self.rules for pattern in rule.holds)

    @cached_property
    def longest(self) -> int:
        """The most words that any rule takes."""
        return max(rule.max_words for rule in self.rules)

    def furniture_kind(self, hints: frozenset[str]) -> ResidueKind | None:
        """Return the residue kind that the elements around a block mean."""
        return next((kind for kind, names in self.furniture.items() if names & hints), None) if hints else None


def _holds(beginnings: tuple[str, ...], anywhere: tuple[str, ...], text: str) -> bool:
    begins = bool(beginnings) and _beginning(beginnings).match(text) is not None
    return begins or (bool(anywhere) and _compiled(anywhere).search(text.lower()) is not None)


@cache
def _beginning(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\W*(?:{_choice(patterns)})", re.I | re.S)


@cache
def _compiled(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """Patterns that begin at a word, for text in lower case: without regard to case the search is half as fast."""
    return re.compile(rf"\b(?:{_choice(patterns)})", re.S)


def _choice(patterns: tuple[str, ...]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


@cache
def _lower(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _found(pattern: str, text: str) -> bool:
    return _lower(pattern).search(text.lower()) is not None


@cache
def load_rules() -> ResidueRules:
    """Read and check rules/residue.yml."""
    found = srsly.read_yaml(_FILE)
    terms = found.pop("terms")
    for _ in terms:  # a term may hold others
        for rule in found["rules"]:
            for field in ("whole", "opens", "holds"):
                rule[field] = [_TERM.sub(lambda name: terms[name[1]], each) for each in rule.get(field, ())]
    return ResidueRules.model_validate(found)
