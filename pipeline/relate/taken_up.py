"""Parties that the text takes up by a pronoun: "In 2018 its leaders signed the Charter", after a sentence on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from pipeline.names import compare_name
from pipeline.records import Agreement, Evidence, Organization, Party, Proposition
from pipeline.relate.agreement_parties import DETECTOR
from pipeline.relate.relations import AgreementRules


def with_parties(
    agreements: Sequence[Agreement],
    propositions: Sequence[Proposition],
    organizations: Sequence[Organization],
    *,
    rules: AgreementRules,
) -> tuple[Agreement, ...]:
    """Return the agreements with the bodies that signed or made them under a pronoun.

    A party comes from a proposition whose subject stands for one body of the article and whose verb makes the one
    instrument of its object; its evidence is the pronoun.
    """
    bodies = {compare_name(body.name): at for at, body in enumerate(organizations)}
    found: dict[int, list[tuple[Party, Evidence]]] = defaultdict(list)
    for one in propositions:
        body = bodies.get(compare_name(one.subject_resolved or ""))
        lemma = one.predicate_lemma or ""
        makes = rules.relations.event_of(lemma) is not None or lemma in rules.relations.making
        subject = next((place for place in one.evidence if place.field == "subject"), None)
        if body is None or subject is None or not makes or one.polarity != "affirmed":
            continue
        local = _object_of(one, agreements)
        if local is not None:
            party = Party(organizations[body].name, "organization", body)
            place = (subject.unit, subject.start, subject.end)
            support = Evidence(*place, "agreements.party_taken_up", DETECTOR, 0.7, "parties", party.name)
            found[local].append((party, support))
    return tuple(_with(agreement, found.get(at, ())) for at, agreement in enumerate(agreements))


def _object_of(one: Proposition, agreements: Sequence[Agreement]) -> int | None:
    """Return the instrument whose name the object of a proposition begins with."""
    said = compare_name(one.object or "") + " "
    for local in one.agreements:
        names = (agreements[local].display_name, *agreements[local].aliases)
        if any(said.startswith(compare_name(name) + " ") for name in names):
            return local
    return None


def _with(agreement: Agreement, found: Sequence[tuple[Party, Evidence]]) -> Agreement:
    known = {party.name for party in agreement.parties} | {agreement.name}
    new = {party.name: (party, support) for party, support in found if party.name not in known}
    if not new:
        return agreement
    parties, support = zip(*new.values(), strict=True)
    return replace(agreement, parties=(*agreement.parties, *parties), evidence=(*agreement.evidence, *support))
