"""What the text says of instruments by a pronoun: "In 2018 its leaders signed the Charter", "Peru ratified it",
"It entered into force in May", after a sentence on them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.names import compare_name
from pipeline.records import Agreement, AgreementEvent, DateRecord, Evidence, Party, Proposition, Recognized
from pipeline.relate.agreement_parties import DETECTOR
from pipeline.relate.relations import AgreementRules

_PASSIVE = re.compile(r"\b(?:is|was|were|been|being)\b|^\w+ed$", re.IGNORECASE)
_FIRST_TO = re.compile(r"\bto (?P<verb>[a-z]+) it\b")  # "was the first state to ratify it"
_Supported = tuple[Party, Evidence]


def with_taken_up(
    agreements: Sequence[Agreement],
    propositions: Sequence[Proposition],
    recognized: Recognized,
    *,
    rules: AgreementRules,
) -> tuple[Agreement, ...]:
    """Return the agreements with what is said of them by pronouns.

    A party comes from a proposition whose subject stands for one body of the article and whose verb makes the one
    instrument of its object, or whose object "it" stands for an instrument that its subject makes; a date from one
    whose subject is, or stands for, an instrument without a date.
    """
    reader = _TakenUp(agreements, recognized, rules)
    parties: dict[int, list[_Supported]] = defaultdict(list)
    dates: dict[int, tuple[AgreementEvent, DateRecord, Evidence]] = {}
    for one in propositions:
        if one.polarity != "affirmed":
            continue
        for local, supported in reader.parties(one):
            parties[local].append(supported)
        for local, event, date, support in reader.dates(one):
            dates.setdefault(local, (event, date, support))
    return tuple(_dated(_with(one, parties.get(at, ())), dates.get(at)) for at, one in enumerate(agreements))


class _TakenUp:
    def __init__(self, agreements: Sequence[Agreement], recognized: Recognized, rules: AgreementRules) -> None:
        self.agreements, self.recognized, self.rules = agreements, recognized, rules
        self.bodies = {compare_name(body.name): at for at, body in enumerate(recognized.organizations)}
        self.named = {
            compare_name(name): at
            for at, one in enumerate(agreements)
            if one.named
            for name in (one.display_name, *one.aliases)
        }

    def makes(self, verb: str) -> bool:
        relations = self.rules.relations
        return relations.event_of(verb) is not None or verb in relations.making

    def parties(self, one: Proposition) -> Iterator[tuple[int, _Supported]]:
        subject = next((place for place in one.evidence if place.field == "subject"), None)
        if subject is None:
            return
        body = self.bodies.get(compare_name(one.subject_resolved or ""))
        if body is not None and self.makes(one.predicate_lemma or ""):
            local = self._object_of(one)
            if local is not None:
                party = Party(self.recognized.organizations[body].name, "organization", body)
                yield local, (party, _support(subject, party.name))
        target = self.named.get(compare_name(one.object_resolved or ""))
        first = _FIRST_TO.search(one.object or "")
        if target is not None and self.makes((one.predicate_lemma or "") if first is None else first["verb"]):
            for party in self._inside(one, subject):
                yield target, (party, _support(subject, party.name))

    def _inside(self, one: Proposition, subject: Evidence) -> Iterator[Party]:
        """The states and bodies named in the subject."""
        for at in one.places:
            place = self.recognized.places[at]
            if place.iso3 is not None and _stands_in(place.evidence, subject):
                yield Party(place.name, "state", at)
        for at in one.organizations:
            body = self.recognized.organizations[at]
            if body.kind != "government" and _stands_in(body.evidence, subject):
                yield Party(body.name, "organization", at)

    def dates(self, one: Proposition) -> Iterator[tuple[int, AgreementEvent, DateRecord, Evidence]]:
        local = self.named.get(compare_name(one.subject_resolved or one.subject or ""))
        event = None if local is None else self._event(one)
        if local is None or event is None or len(one.dates) != 1:
            return
        date, agreement = self.recognized.dates[one.dates[0]], self.agreements[local]
        if agreement.date is not None and (agreement.event is not None or agreement.date != date.edtf):
            return
        spot = next((place for place in date.evidence if place.unit == one.unit), None)
        if date.edtf is not None and spot is not None:
            place = (spot.unit, spot.start, spot.end)
            yield local, event, date, Evidence(*place, "agreements.date_taken_up", DETECTOR, 0.7, "date", date.edtf)

    def _event(self, one: Proposition) -> AgreementEvent | None:
        """ "was adopted", "entered into force"; the one whose subject adopts something is no instrument."""
        relations, lemma = self.rules.relations, one.predicate_lemma or ""
        words = {lemma, *(one.object or "").lower().split()[:2]}
        if lemma == "force" and "in" in words:  # "has been in force since"
            return "in_force"
        for event, phrases in relations.phrases.items():
            if any(set(phrase.split()) <= words for phrase in phrases):
                return event
        return relations.event_of(lemma) if _PASSIVE.search(one.predicate or "") else None

    def _object_of(self, one: Proposition) -> int | None:
        """Return the instrument whose name the object of a proposition begins with."""
        said = compare_name(one.object or "") + " "
        for local in one.agreements:
            names = (self.agreements[local].display_name, *self.agreements[local].aliases)
            if any(said.startswith(compare_name(name) + " ") for name in names):
                return local
        return None


def _support(subject: Evidence, name: str) -> Evidence:
    return Evidence(
        subject.unit, subject.start, subject.end, "agreements.party_taken_up", DETECTOR, 0.7, "parties", name
    )


def _stands_in(evidence: Sequence[Evidence], subject: Evidence) -> bool:
    return any(
        one.unit == subject.unit and subject.start <= one.start and one.end <= subject.end
        for one in evidence
        if one.field is None
    )


def _with(agreement: Agreement, found: Sequence[_Supported]) -> Agreement:
    known = {party.name for party in agreement.parties} | {agreement.name}
    new = {party.name: (party, support) for party, support in found if party.name not in known}
    if not new:
        return agreement
    parties, support = zip(*new.values(), strict=True)
    return replace(agreement, parties=(*agreement.parties, *parties), evidence=(*agreement.evidence, *support))


def _dated(agreement: Agreement, found: tuple[AgreementEvent, DateRecord, Evidence] | None) -> Agreement:
    if found is None or agreement.status in {"planned", "denied"}:
        return agreement
    event, date, support = found
    return replace(
        agreement,
        event=event,
        date=date.edtf,
        earliest=date.earliest,
        latest=date.latest,
        evidence=(*agreement.evidence, support),
    )
