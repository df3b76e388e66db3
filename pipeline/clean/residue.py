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
DISCLOSURE = "residue.disclose_machine"


class Rule(BaseModel):
    """One pattern over a whole block."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    kind: ResidueKind
    pattern: str
    max_words: int
    where: Literal["any", "top"] = "any"
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The pattern, compiled."""
        return re.compile(self.pattern, re.I | re.S)

    def takes(self, text: str) -> bool:
        """Tell whether the rule holds for a block."""
        return len(text) < _LONGEST and len(text.split()) <= self.max_words and self.regex.search(text) is not None


class Disclosure(BaseModel):
    """The parts a disclosure is made of."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    agent: str
    made: str
    self: str
    opening: str
    about: str
    follow: str
    max_words: int
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]

    def discloses(self, sentence: str) -> bool:
        """Tell whether a sentence says that a machine made this text."""
        if len(sentence) > 600 or not _found(self.agent, sentence):
            return False
        if _found(self.opening, sentence):
            return True
        said = _found(self.made, sentence) and _found(self.self, sentence)
        return said and not _found(self.about, sentence)

    def follows(self, sentence: str) -> bool:
        """Tell whether a sentence beside a disclosure belongs to it: asks to check, warns of mistakes."""
        said = _found(self.follow, sentence) or _found(self.opening, sentence)
        return len(sentence) < 400 and (said or not any(map(str.isalpha, sentence)))


class ResidueRules(BaseModel):
    """All of rules/residue.yml."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    rules: tuple[Rule, ...]
    furniture: dict[ResidueKind, frozenset[str]]
    disclosure: Disclosure

    def rule_for(self, text: str, *, top: bool = False) -> Rule | None:
        """Return the first rule that takes the block."""
        if len(text) >= _LONGEST or len(text.split()) > self.longest:
            return None
        return next((rule for rule in self.rules if (top or rule.where == "any") and rule.takes(text)), None)

    @cached_property
    def longest(self) -> int:
        """The most words that any rule takes."""
        return max(rule.max_words for rule in self.rules)

    def furniture_kind(self, hints: frozenset[str]) -> ResidueKind | None:
        """Return the residue kind that the elements around a block mean."""
        return next((kind for kind, names in self.furniture.items() if names & hints), None) if hints else None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.I)


def _found(pattern: str, text: str) -> bool:
    return _compiled(pattern).search(text) is not None


@cache
def load_rules() -> ResidueRules:
    """Read and check rules/residue.yml."""
    return ResidueRules.model_validate(srsly.read_yaml(_FILE))
