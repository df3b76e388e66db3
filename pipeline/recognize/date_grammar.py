"""The date grammar: rules and words from `rules/dates.yml`, compiled so that only trigger words cost anything.

Each rule says what its first word can be. A text is walked word by word; a rule's regular expression is tried only
where such a word stands. Patterns have no nested repetition, so no text makes them backtrack for long.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import srsly
from pydantic import BaseModel, ConfigDict

from pipeline.errors import ConfigError
from pipeline.records import Modifier

RULES = Path(__file__).parent.parent / "rules"
_BEFORE = 60  # characters before an expression that can say what it is
_AFTER = 30  # characters behind it that can
Place = Literal["inside", "touching", "before", "hyphened", "after"]
_EDGES: Mapping[Place, tuple[str, str]] = {
    "inside": (r"\b", r"(?: the)?[ -]$"),
    "touching": ("", "$"),
    "before": (r"\b", r"(?: the)? $"),
    "hyphened": (r"\b", "[-–]$"),
    "after": ("", ""),
}
_PLACE = re.compile(r"(?<!\?P)<(?P<group>[a-z]\w*)(?::(?P<name>\w+))?>|\{(?P<plain>[a-z]\w*)\}")


class DateRuleModel(BaseModel):
    """One rule as it stands in the file."""

    model_config = ConfigDict(extra="forbid")
    id: str
    first: list[str]
    pattern: str
    value: str
    repeated: bool = False
    modifier: Modifier | None = None
    examples: list[str]
    counter_examples: list[str]


Side = Literal["before", "through", "at", "after"]


class GuardModel(BaseModel):
    """What stands around an expression and says what it is."""

    model_config = ConfigDict(extra="forbid")
    side: Side
    pattern: str
    examples: list[str]
    counter_examples: list[str]


class ModifierModel(BaseModel):
    """Words that say which part or which side of a date is meant, or how sure it is."""

    model_config = ConfigDict(extra="forbid")
    modifier: Modifier
    place: Place
    pattern: str
    examples: list[str]
    counter_examples: list[str]


class DateFile(BaseModel):
    """The whole of rules/dates.yml."""

    model_config = ConfigDict(extra="forbid")
    patterns: dict[str, str]
    around: dict[str, GuardModel]
    modifiers: list[ModifierModel]
    rules: list[DateRuleModel]


@dataclass(frozen=True, slots=True)
class DateRule:
    id: str
    regex: re.Pattern[str]
    value: str
    repeated: bool
    modifier: Modifier | None


@dataclass(frozen=True, slots=True)
class Guard:
    """A pattern for what stands before an expression, up to its end, at it (both sides seen), or behind it."""

    regex: re.Pattern[str]
    side: Side

    def search(self, text: str, start: int, end: int) -> re.Match[str] | None:
        if self.side == "before":
            return self.regex.search(text, max(0, start - _BEFORE), start)
        if self.side == "through":
            found = self.regex.finditer(text, max(0, start - _BEFORE), end + _AFTER)
            return next((one for one in found if one.end() == end), None)
        return self.regex.match(text, end if self.side == "after" else start)

    def holds(self, text: str, start: int, end: int) -> bool:
        """Whether the guard finds what it looks for around `text[start:end]`."""
        return self.search(text, start, end) is not None


@dataclass(frozen=True, slots=True)
class Word:
    """An entry of a lexicon: the pattern of a word and what it means."""

    pattern: re.Pattern[str]
    meaning: str


@dataclass(frozen=True, slots=True)
class Grammar:
    """Compiled rules, by the first word (lower case) that can begin them, or what `figure_key` says of a figure."""

    rules: tuple[DateRule, ...]
    by_first: Mapping[str, tuple[DateRule, ...]]
    words: Mapping[str, tuple[Word, ...]]
    around: Mapping[str, Guard]
    modifiers: Mapping[Place, re.Pattern[str]]

    def meaning(self, lexicon: str, text: str) -> str | None:
        """What a word of a lexicon means; None when it is not in it."""
        return next((word.meaning for word in self.words[lexicon] if word.pattern.fullmatch(text)), None)


@cache
def load_grammar() -> Grammar:
    """Read and compile the rules that ship.

    Raises:
        ConfigError: a rule names an unknown pattern or lexicon, or its pattern does not compile.
    """
    file = DateFile.model_validate(srsly.read_yaml(RULES / "dates.yml"))
    lexicons: dict[str, dict[str, object]] = srsly.read_yaml(RULES / "lexicons" / "dates_words.yml")
    named: dict[str, str] = {}
    for name, entries in lexicons.items():
        named[name] = "(?:" + "|".join(sorted((str(key) for key in entries), key=len, reverse=True)) + ")"
    for name, pattern in file.patterns.items():  # a pattern may hold words of a lexicon
        named[name] = _PLACE.sub(lambda match: named[match["plain"]] if match["plain"] else match[0], pattern)
    rules = tuple(_compile(rule, named) for rule in file.rules)
    by_first: dict[str, list[DateRule]] = {}
    for model, rule in zip(file.rules, rules, strict=True):
        for first in {key for name in model.first for word in _first_words(name, lexicons) for key in _keys(word)}:
            by_first.setdefault(first, []).append(rule)
    words = {name: tuple(_words(entries)) for name, entries in lexicons.items()}
    around = {name: Guard(_regex(name, guard.pattern, named), guard.side) for name, guard in file.around.items()}
    modifiers = {place: _modifiers(place, file.modifiers, named) for place in _EDGES}
    return Grammar(rules, {first: tuple(found) for first, found in by_first.items()}, words, around, modifiers)


def _modifiers(place: Place, models: Sequence[ModifierModel], named: Mapping[str, str]) -> re.Pattern[str]:
    """One pattern for all modifiers of a place, with a group for each."""
    here = [f"(?P<{model.modifier}>{model.pattern})" for model in models if model.place == place]
    before, after = _EDGES[place]
    return _regex(place, f"{before}(?:{'|'.join(here)}){after}", named)


def _words(entries: Mapping[str, object]) -> list[Word]:
    return [Word(re.compile(str(key), re.IGNORECASE), str(meaning)) for key, meaning in entries.items()]


def _compile(rule: DateRuleModel, named: Mapping[str, str]) -> DateRule:
    regex = _regex(rule.id, rule.pattern, named, end=r"(?![A-Za-z])")
    return DateRule(rule.id, regex, rule.value, rule.repeated, rule.modifier)


def _regex(owner: str, pattern: str, named: Mapping[str, str], *, end: str = "") -> re.Pattern[str]:
    def fill(match: re.Match[str]) -> str:
        name = match["plain"] or match["name"] or match["group"]
        if name not in named:
            raise ConfigError(f"dates.yml: {owner}: pattern: unknown name {name!r}")
        return f"(?P<{match['group']}>{named[name]})" if match["group"] else named[name]

    try:
        return re.compile(_PLACE.sub(fill, pattern) + end, re.IGNORECASE)
    except re.error as error:
        raise ConfigError(f"dates.yml: {owner}: pattern: {error}") from error


def _first_words(name: str, lexicons: Mapping[str, Mapping[str, object]]) -> set[str]:
    """The first words (lower case) that a lexicon's entries can begin with; the name itself when it is no lexicon."""
    if name not in lexicons:
        return {name}
    found: set[str] = set()
    for key in lexicons[name]:
        head = re.match(r"[a-z]+(?:\(\?:[a-z|]+\))?\??|\d", str(key))
        if head is None:
            raise ConfigError(f"dates_words.yml: {name}: {key!r} begins with neither a letter nor a digit")
        found |= {"#"} if head[0].isdigit() else _spellings(head[0])
    return found


def _keys(first: str) -> tuple[str, ...]:
    """Under what a rule is filed: one for any figure also under those for figures of a length."""
    return ("#", "##", "####") if first == "#" else (first,)


def figure_key(digits: int) -> str:
    """What the rules for figures of so many digits are filed under."""
    return "##" if digits <= 2 else "####" if digits == 4 else "#"


def _spellings(head: str) -> set[str]:
    group = re.fullmatch(r"([a-z]+)\(\?:([a-z|]+)\)", head)
    if group:
        return {group[1] + ending for ending in group[2].split("|")}
    if head.endswith("?"):
        return {head[:-1], head[:-2]}
    return {head}
