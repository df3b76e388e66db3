"""The rules and lexicons of instruments as validated data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import srsly
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.names import compare_name
from pipeline.records import AgreementKind
from pipeline.rule_files import read_rules

RULES = Path(__file__).parent.parent / "rules" / "agreements.yml"
LEXICONS = Path(__file__).parent.parent / "rules" / "lexicons"
_YEAR = re.compile(r", (\d{4})(?: \(No\.? ?\d+\))?$")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Heads(_Strict):
    """Capitalized nouns of instruments with their kinds."""

    strong: dict[str, AgreementKind]
    weak: dict[str, AgreementKind]


class Words(_Strict):
    """Closed lists of words, explained in the file."""

    openers: frozenset[str]
    calendar: frozenset[str]
    bodies: frozenset[str]
    title_words: frozenset[str]
    regions: frozenset[str]
    acts: frozenset[str]
    continental: frozenset[str]
    doing: frozenset[str]
    deeds: frozenset[str]


class MentionRule(_Strict):
    """One way to find an instrument, with sentences that show it."""

    id: str = Field(pattern=r"^agreements\.[a-z_]+$")
    says: str
    examples: tuple[str, ...] = Field(min_length=1)
    counter_examples: tuple[str, ...] = Field(min_length=1)


class RuleFile(_Strict):
    """The content of `rules/agreements.yml`."""

    heads: Heads
    common: dict[str, AgreementKind]
    words: Words
    rules: tuple[MentionRule, ...] = ()


class Instrument(_Strict):
    """What a lexicon knows of one instrument; fields are explained in the files."""

    title: str
    acronym: str | None = None
    aliases: tuple[str, ...] = ()
    kind: AgreementKind
    signed: date | str | None = None
    parties: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    body: bool = False

    def forms(self) -> tuple[str, ...]:
        """All names of the instrument."""
        return tuple(dict.fromkeys(filter(None, (self.title, self.acronym, *self.aliases))))

    def may_be_of(self, year: str) -> bool:
        """Tell whether it was signed in a year, or no one knows when."""
        return str(self.signed or year)[:4] == year


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything that `find_agreements` reads."""

    file: RuleFile
    instruments: tuple[Instrument, ...]
    forms: dict[str, Instrument]  # compare_name of a form → instrument
    kinds: dict[str, AgreementKind]  # lower-case head → kind


def plain_name(name: str, known: Mapping[str, Instrument]) -> str:
    """Return the name of a known instrument without the year it was made, which may be part of its title.

    "Ferry Convention, 1930 (No. 29)" is the Ferry Convention where a lexicon has it of 1930.
    """
    match = _YEAR.search(name)
    instrument = known.get(compare_name(name[: match.start()])) if match else None
    if match is None or instrument is None or not instrument.may_be_of(match[1]):
        return name
    return name[: match.start()]


@cache
def load_rules(rules: Path = RULES, lexicons: Path = LEXICONS) -> Rules:
    """Read and validate the rules and every lexicon `agreements_*.yml`.

    Raises:
        ConfigError: a file does not have the expected form, or two instruments claim one name.
    """
    file = read_rules(rules, RuleFile)
    instruments: list[Instrument] = []
    for path in sorted(lexicons.glob("agreements_*.yml")):
        try:
            instruments += [Instrument.model_validate(entry) for entry in srsly.read_yaml(path)]
        except (ValidationError, ValueError) as error:
            raise ConfigError(f"{path.name}: {error}") from error
    forms: dict[str, Instrument] = {}
    for instrument in instruments:
        for form in instrument.forms():
            other = forms.setdefault(compare_name(form), instrument)
            if other is not instrument:
                raise ConfigError(f"lexicons: {form!r} names both {other.title!r} and {instrument.title!r}")
    heads = {**file.heads.weak, **file.heads.strong}
    kinds = {**{word.lower(): kind for word, kind in heads.items()}, **file.common}
    return Rules(file, tuple(instruments), forms, kinds)
