"""Agreement records of an article: mentions that are one instrument, with the parties and the date the text states.

Parties come from the noun phrase ("the X–Y pact", "X's strategy"), from "between X and Y" and "with X" after it, from
the subject or agent of what is done to it ("X and Y signed …", "adopted by X"), never from a name inside an
instrument's name alone. The date is the one beside the verb of an event, or beside the name.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.names import compare_name, display_name
from pipeline.recognize.agreement_rules import plain_name
from pipeline.recognize.organizations import is_acronym
from pipeline.records import (
    Agreement,
    AgreementEvent,
    AgreementKind,
    AgreementMention,
    AgreementStatus,
    Evidence,
    Recognized,
)
from pipeline.relate.agreement_facts import OPENING, FactReader
from pipeline.relate.relations import AgreementRules
from pipeline.relate.same_instrument import group_mentions


def agreement_records(recognized: Recognized, *, rules: AgreementRules) -> tuple[Agreement, ...]:
    """Return the instruments of one article; named mentions of one instrument are one record."""
    reader = _Builder(recognized, rules)
    groups = group_mentions(recognized.agreement_mentions, recognized, rules.names.forms)
    records = [reader.record(mentions) for mentions in groups]
    return tuple(record for record in records if record.named or record.parties)


class _Builder:
    def __init__(self, recognized: Recognized, rules: AgreementRules) -> None:
        self.rules, self.reader = rules, FactReader(recognized, rules)

    def record(self, mentions: Sequence[AgreementMention]) -> Agreement:
        facts = [self.reader.facts(one) for one in mentions]
        parties = {pair[0].name: pair for fact in reversed(facts) for pair in reversed(fact.parties)}
        chosen = list(dict.fromkeys(name for fact in facts for name in (pair[0].name for pair in fact.parties)))
        telling = [fact for fact in facts if fact.events or fact.status != "asserted"]  # a heading tells nothing
        said = {fact.status for fact in telling}
        status: AgreementStatus = said.pop() if len(said) == 1 else "asserted"
        events = [one for fact in telling if fact.status == status for one in fact.events]
        order: list[AgreementEvent | None] = [*self.rules.relations.events, None]
        late = order.index("in_force")  # "opened for signature" is a date of signing where no better event is told
        events.sort(
            key=lambda one: (
                one[1] is None,
                late if one[2].rule_id == OPENING else order.index(one[0]),
                one[2].rule_id == OPENING,
                -one[2].confidence,
            )
        )
        event, date, support = events[0] if events else (None, None, None)
        first = next((one for one in mentions if one.named), mentions[0])
        forms = sorted(
            {
                display_name(text)
                for one in mentions
                if one.named == first.named
                for text in (one.text, plain_name(one.text, self.rules.names.forms))
            },
            key=lambda form: (-len(form), form),
        )
        long = [form for form in forms if not is_acronym(form)]
        name = (long or forms)[0] if first.named else None
        acronym = next((form for form in forms if is_acronym(form)), None) if first.named else None
        evidence = [
            Evidence(one.unit, one.start, one.end, one.rule_id, one.detector, one.confidence) for one in mentions
        ]
        evidence += [parties[key][1] for key in chosen]
        if support is not None:
            evidence.append(support)
        known = self.rules.names.forms.get(compare_name(plain_name(name, self.rules.names.forms))) if name else None
        label = name or " and ".join(chosen[:3]) + (": " if chosen else "") + forms[0]
        return Agreement(
            name=name,
            display_name=label,
            acronym=acronym,
            aliases=tuple(form for form in forms if form != name) if first.named else (),
            named=first.named,
            kind=self._kind(first, name) if known is None else known.kind,
            parties=tuple(parties[key][0] for key in chosen),
            subject=self._subject(first),
            event=event,
            date=None if date is None else date.edtf,
            earliest=None if date is None else date.earliest,
            latest=None if date is None else date.latest,
            evidence=tuple(evidence),
            status=status,
            canonical=None if known is None else compare_name(known.title),
        )

    def _kind(self, first: AgreementMention, name: str | None) -> AgreementKind:
        """The kind its head noun says. A named partnership is a trade agreement or a programme, never just that."""
        if name is None or first.kind != "partnership":
            return first.kind
        words = set(compare_name(name).split())
        if words & self.rules.relations.trade:
            return "agreement"
        return "programme" if {"for", "against", "on"} & words else first.kind

    def _subject(self, mention: AgreementMention) -> str | None:
        """What the instrument is about: the "on …", "concerning …" part of its own words."""
        for word in (" on ", " concerning ", " regarding ", " against ", " relating to "):
            _, found, rest = mention.text.partition(word)
            if found:
                return rest.strip()
        return None
