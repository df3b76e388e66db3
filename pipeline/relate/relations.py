"""What is read of instruments beside their names: verbs of events, of making and uniting, heads of columns, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.recognize.agreement_rules import Rules
from pipeline.recognize.agreement_rules import load_rules as load_names
from pipeline.recognize.places import Gazetteer, load_gazetteer
from pipeline.records import AgreementEvent
from pipeline.rule_files import read_rules

_DOUBLED = re.compile(r"([a-z])\1ed$")  # "initialled"
PATH = Path(__file__).parent.parent / "rules" / "agreement_relations.yml"


class RelationRules(BaseModel):
    """The content of `rules/agreement_relations.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    events: dict[AgreementEvent, frozenset[str]]
    phrases: dict[AgreementEvent, frozenset[str]]
    making: frozenset[str]
    uniting: frozenset[str]
    leading: frozenset[str]
    binding: frozenset[str]
    trade: frozenset[str]
    columns: dict[str, tuple[str, ...]]
    planned: frozenset[str]
    intending: frozenset[str]
    excepting: frozenset[str]
    leaving: frozenset[str]
    members: frozenset[str]
    derived: frozenset[str]
    causing: frozenset[str]

    def event_of(self, lemma: str) -> AgreementEvent | None:
        """Return the event a verb tells."""
        forms = {lemma, lemma.removesuffix("d"), lemma.removesuffix("ed")}  # "expired", where its lemma is not known
        forms.add(_DOUBLED.sub(r"\1", lemma))
        return next((event for event, verbs in self.events.items() if forms & verbs), None)


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """Everything that the records are built with."""

    relations: RelationRules
    names: Rules
    gazetteer: Gazetteer


@cache
def load_rules(path: Path = PATH) -> AgreementRules:
    """Read the relations, the lexicons and the names of states.

    Raises:
        ConfigError: a file does not have the expected form.
    """
    return AgreementRules(read_rules(path, RelationRules), load_names(), load_gazetteer())
