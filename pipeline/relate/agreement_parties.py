"""Who is party to an instrument: names in its noun phrase and around it, and the phrases of who makes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.names import compare_name
from pipeline.records import (
    AgreementEvent,
    AgreementMention,
    AgreementStatus,
    DateRecord,
    Evidence,
    Mention,
    Party,
    Recognized,
)
from pipeline.relate.relations import AgreementRules
from pipeline.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

DETECTOR = f"relate.agreements/{__version__}"
SUBJECTS = frozenset({"nsubj", "nsubj:outer"})  # a passive subject is made, it does not make
NAMES = frozenset({"organization", "place", "nationality"})
_RUN = frozenset({"programme", "partnership", "strategy"})  # "Through the X Programme, Peru offers …": it is Peru's


@dataclass(slots=True)
class Facts:
    """What one mention's sentence says of the instrument."""

    parties: list[tuple[Party, Evidence]] = field(default_factory=list)
    events: list[tuple[AgreementEvent | None, DateRecord | None, Evidence]] = field(default_factory=list)
    status: AgreementStatus = "asserted"


class PartyReader:
    """Finds the parties of the instruments of one article."""

    def __init__(self, recognized: Recognized, rules: AgreementRules, named: Mapping[int, Sequence[Mention]]) -> None:
        self.recognized, self.rules, self.named = recognized, rules, named

    def add(self, mention: AgreementMention, found: Iterator[Mention], facts: Facts, rule: str) -> None:
        for one in found:
            party = self._party(one)
            if party is not None and compare_name(party.name) == compare_name(mention.text):
                continue  # the Warsaw Pact is no party to the Warsaw Pact
            if party is not None and party.name not in {known.name for known, _ in facts.parties}:
                support = Evidence(one.unit, one.start, one.end, rule, DETECTOR, 0.8, "parties", party.name)
                facts.parties.append((party, support))

    def is_organ(self, mention: Mention) -> bool:
        """Tell whether a body is a parliament or a ministry, which acts for its state."""
        body = mention.record is not None and mention.label == "organization"
        return body and self.recognized.organizations[mention.record or 0].kind == "government"

    def _party(self, mention: Mention) -> Party | None:
        gazetteer = self.rules.gazetteer
        if mention.label == "organization" and mention.record is not None:
            return Party(self.recognized.organizations[mention.record].name, "organization", mention.record)
        code = gazetteer.party_code(mention.text)
        if mention.label == "place" and mention.record is not None and gazetteer.code_of(mention.text):
            return Party(self.recognized.places[mention.record].name, "state", mention.record)
        if code is not None:
            record = next((at for at, place in enumerate(self.recognized.places) if place.iso3 == code), None)
            return Party(gazetteer.names[code], "state", record)
        return None

    def within(self, unit: int, start: int, end: int) -> Iterator[Mention]:
        for one in self.named[unit]:
            if one.label in NAMES and start <= one.start and one.end <= end:
                yield one

    def inside(self, mention: AgreementMention, facts: Facts) -> None:
        """Names before the head of an unnamed instrument; a pair of states or bodies inside a name."""
        if not mention.named:
            self.add(mention, self.within(mention.unit, mention.start, mention.end), facts, "agreements.party_inside")
            return
        first = mention.text.split()[0]
        for joint in ("–", "—", "-"):
            parts = [part for part in first.split(joint) if part]
            if len(parts) > 1 and all(self._known(part) for part in parts):
                for part in parts:
                    party = self._known(part)
                    if party is not None:
                        end = mention.start + len(first)
                        support = Evidence(
                            mention.unit,
                            mention.start,
                            end,
                            "agreements.party_pair",
                            DETECTOR,
                            0.8,
                            "parties",
                            party.name,
                        )
                        facts.parties.append((party, support))

    def _known(self, name: str) -> Party | None:
        compared = compare_name(name)
        for at, body in enumerate(self.recognized.organizations):
            if compared in {compare_name(form) for form in (body.name, body.acronym or body.name, *body.aliases)}:
                return Party(body.name, "organization", at)
        code = self.rules.gazetteer.party_code(name)
        if code is None:
            return None
        record = next((at for at, place in enumerate(self.recognized.places) if place.iso3 == code), None)
        return Party(self.rules.gazetteer.names[code], "state", record)

    def around(self, mention: AgreementMention, doc: Doc, head: Token, facts: Facts) -> None:
        """Possessors and owners before the name, "between X and Y", "with X", "of X" after it."""
        unit = mention.unit
        for child in head.children:
            if child.dep_ == "nmod:poss" and child.idx < mention.start:
                owner = self._subject_of(head, mention) if child.tag_ == "PRP$" else child
                if owner is not None:
                    self.add(mention, self.phrase(unit, owner), facts, "agreements.party_owner")
            case = next((word.lower_ for word in child.children if word.dep_ == "case"), None)
            if child.dep_ in {"nmod", "obl"} and case in {"between", "with", "among", "by"}:
                self.add(mention, self.phrase(unit, child), facts, "agreements.party_between")
        cases = {word.lower_ for word in head.children if word.dep_ == "case"}
        if (
            mention.kind in _RUN
            and cases & {"through", "via"}
            and (owner := self._subject_of(head, mention)) is not None
        ):
            self.add(mention, self.phrase(unit, owner), facts, "agreements.party_owner")
        before = doc.text[: mention.start].rstrip()
        for one in self.named[unit]:
            gap = doc.text[one.end : mention.start]
            if one.label in NAMES and one.end <= mention.start and gap.strip() in {"'s", "’s", "'", "’"} and before:
                self.add(mention, iter([one]), facts, "agreements.party_owner")

    def _subject_of(self, head: Token, mention: AgreementMention) -> Token | None:
        """Whom "its" means: the subject of the clause that the instrument stands in."""
        verb = verb_over(head)
        subjects = [] if verb is None else [child for child in verb.children if child.dep_ in SUBJECTS]
        return next((one for one in subjects if mention.start not in stretch(one)), None)

    def phrase(self, unit: int, head: Token) -> Iterator[Mention]:
        """Names in the phrase of `head`: it and its coordinates, and the names behind "such as", not its clauses."""
        stack, words = [head], []
        while stack:
            word = stack.pop()
            words.append(word)
            stack += [
                child
                for child in word.children
                if not child.dep_.startswith(("acl", "advcl", "parataxis"))
                and child.dep_ != "punct"
                and not any(
                    one.lower_ in self.rules.relations.excepting or one.lower_ == "not" for one in child.children
                )
            ]
        taken = {word.i for word in words}
        for one in self.named[unit]:
            span = head.doc.char_span(one.start, one.end, alignment_mode="expand")
            if one.label in NAMES and span is not None and span.root.i in taken:
                yield one


def verb_over(head: Token) -> Token | None:
    """The verb the instrument depends on, over coordination, examples and light nouns."""
    at = head
    for _ in range(6):
        if at.dep_ in {"acl", "acl:relcl"} or at.head.i == at.i:
            break
        at = at.head
        if at.pos_ in {"VERB", "AUX"}:
            return at
    return None


def stretch(token: Token) -> range:
    first, last = token.left_edge, token.right_edge
    return range(first.idx, last.idx + len(last))
