"""Agreement records of an article: mentions that are one instrument, with the parties and the date the text states.

Parties come from the noun phrase ("the X–Y pact", "X's strategy"), from "between X and Y" and "with X" after it, from
the subject or agent of what is done to it ("X and Y signed …", "adopted by X"), never from a name inside an
instrument's name alone. The date is the one beside the verb of an event, or beside the name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from pipeline.names import SMALL_WORDS, compare_name, display_name
from pipeline.recognize.agreement_rules import Instrument, plain_name
from pipeline.recognize.organizations import abbreviates, is_acronym
from pipeline.records import (
    Agreement,
    AgreementEvent,
    AgreementKind,
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
    from spacy.tokens import Doc, Span, Token

DETECTOR = f"relate.agreements/{__version__}"
_SUBJECTS = frozenset({"nsubj", "nsubj:outer"})  # a passive subject is made, it does not make
_SHARING = frozenset({"conj", "xcomp", "advcl"})  # a verb that may be done by whom another names
_NAMES = frozenset({"organization", "place", "nationality"})
_KNOWN_AS = re.compile(
    r",? (?:(?:better|also|commonly|widely) )?(?:known as|called|dubbed|named|nicknamed) (?:the )?[\"“‘']?"
)
_IS_ONE = re.compile(r"(?: ?\([^()]{2,12}\))? (?:is|was|remains) an? (?:[a-z-]+ ){0,3}")
_PARTICIPLE = re.compile(
    r"(?: \([^)]*\))?,? (?:(?:which )?(?:was|were) (?:\w+ly )?)?(?P<verb>[a-z]+ed|set|made)\b(?P<rest>[^;:.]{0,120})"
)
_IN_FORCE = re.compile(r"(?: \([^)]*\))?[:,]? (?:which )?(?:has been )?in (?:force|effect) since (?:the )?")
_RUN = frozenset({"programme", "partnership", "strategy"})  # "Through the X Programme, Peru offers …": it is Peru's
_NEGATED = frozenset({"not", "n't", "never", "no", "neither"})


@dataclass(slots=True)
class _Facts:
    """What one mention's sentence says of the instrument."""

    parties: list[tuple[Party, Evidence]] = field(default_factory=list)
    events: list[tuple[AgreementEvent | None, DateRecord | None, Evidence]] = field(default_factory=list)
    status: AgreementStatus = "asserted"


def agreement_records(recognized: Recognized, *, rules: AgreementRules) -> tuple[Agreement, ...]:
    """Return the instruments of one article; named mentions of one instrument are one record."""
    reader = _Reader(recognized, rules)
    groups = _grouped(recognized.agreement_mentions, recognized, rules.names.forms)
    records = [reader.record(mentions) for mentions in groups]
    return tuple(record for record in records if record.named or record.parties)


def _grouped(
    mentions: Sequence[AgreementMention], recognized: Recognized, known: Mapping[str, Instrument]
) -> list[list[AgreementMention]]:
    """Put named mentions of one instrument together: equal names, a defined acronym, its owner before the name."""
    texts = {unit.ordinal: unit.text for unit in recognized.units}
    parent: dict[str, str] = {}

    def root(name: str) -> str:
        while parent[name] != name:
            name = parent[name]
        return name

    def called(one: AgreementMention) -> str:
        return compare_name(plain_name(one.text, known))

    names = {called(one): one for one in mentions if one.named}
    parent = {name: name for name in names}
    for one in mentions:
        for other in mentions:
            if one.named and other.named and one.unit == other.unit and one.end < other.start <= one.end + 3:
                between = texts[one.unit][one.end : other.start].strip()
                pair = is_acronym(other.text) or is_acronym(one.text)
                if between == "(" and pair and one.kind != "provision":
                    parent[root(called(other))] = root(called(one))
            both = one.named and other.named and one.unit == other.unit and one.end < other.start
            if both and _KNOWN_AS.fullmatch(texts[one.unit], one.end, other.start):
                parent[root(called(other))] = root(called(one))
    titles: dict[str, str] = {}
    for name in names:
        if name in known:
            title = compare_name(known[name].title)
            parent[root(name)] = root(titles.setdefault(title, name))
    for short, one in names.items():
        longer = [
            name
            for name, other in names.items()
            if name != short
            and not (name in known and short in known)
            and one.kind == other.kind != "provision"
            and (
                _leaves_out(short, name)
                or _abbreviates_end(one.text, other.text)
                or (is_acronym(one.text) and abbreviates(one.text, other.text))
            )
        ]
        if len({root(name) for name in longer}) == 1 and root(longer[0]) != root(short):
            parent[root(short)] = root(longer[0])
    groups: dict[str, list[AgreementMention]] = {}
    for at, one in enumerate(mentions):
        key = root(called(one)) if one.named else _called(at, mentions, texts)
        key = root(key) if key in parent else key
        groups.setdefault(key, []).append(one)
    return list(groups.values())


def _called(at: int, mentions: Sequence[AgreementMention], texts: Mapping[int, str]) -> str:
    """The name of an unnamed instrument: "an accord of engineers, known as the Lima Pact", "the Lima Pact is an accord
    between …"."""
    one = mentions[at]
    for other in mentions:
        before = other.unit == one.unit and other.named and other.end < one.start
        if before and _IS_ONE.fullmatch(texts[one.unit], other.end, one.start):
            return compare_name(other.text)
    for other in mentions[at + 1 :]:
        if other.unit != one.unit:
            break
        if other.named and _KNOWN_AS.fullmatch(texts[one.unit], one.end, other.start):
            return compare_name(other.text)
    return f"#{at}"


def _leaves_out(short: str, name: str) -> bool:
    """Tell whether `short` is `name` without its owner: not "Partnership" of "Agreement for Partnership"."""
    if " " not in short or not name.endswith(" " + short):
        return False
    return name[: -len(short)].split()[-1] not in SMALL_WORDS


def _abbreviates_end(short: str, name: str) -> bool:
    """Tell whether two names begin alike and one ends in an acronym of the other's end: "Lima–Oslo FTA"."""
    words, whole = short.split(), name.split()
    kept = len(words) - 1
    return (
        1 <= kept < len(whole) - 1
        and is_acronym(words[-1])
        and compare_name(" ".join(words[:-1])) == compare_name(" ".join(whole[:kept]))
        and abbreviates(words[-1], " ".join(whole[kept:]))
    )


class _Reader:
    def __init__(self, recognized: Recognized, rules: AgreementRules) -> None:
        self.recognized = recognized
        self.rules = rules
        self.docs: Mapping[int, Doc | None] = {
            unit.ordinal: doc for unit, doc in zip(recognized.units, recognized.docs, strict=True)
        }
        self.named: dict[int, list[Mention]] = defaultdict(list)
        for mention in recognized.mentions:
            self.named[mention.unit].append(mention)

    def record(self, mentions: Sequence[AgreementMention]) -> Agreement:
        facts = [self._facts(one) for one in mentions]
        parties = {pair[0].name: pair for fact in reversed(facts) for pair in reversed(fact.parties)}
        chosen = list(dict.fromkeys(name for fact in facts for name in (pair[0].name for pair in fact.parties)))
        events = [one for fact in facts for one in fact.events]
        order: list[AgreementEvent | None] = [*self.rules.relations.events, None]
        events.sort(key=lambda one: (one[1] is None, order.index(one[0]), -one[2].confidence))
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
        said = {fact.status for fact in facts}
        status: AgreementStatus = said.pop() if len(said) == 1 else "asserted"
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

    # One mention ------------------------------------------------------------------------------------------------

    def _facts(self, mention: AgreementMention) -> _Facts:
        facts = _Facts()
        doc = self.docs.get(mention.unit)
        if doc is None:
            return facts
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            return facts
        head = span.root
        self._of_row(mention, facts)
        self._inside(mention, facts)
        if self._is_derived(head):
            return facts
        self._around(mention, doc, head, facts)
        verb = self._verb(head)
        verbs = [] if verb is None else [verb]
        for word in span:
            verbs += [child for child in word.children if child.i >= span.end and child.dep_.startswith("acl")]
        # "launched by A and later joined by B"; "the treaty, concluded in May, commits A": a clause where none is said
        verbs += [
            child
            for one in list(verbs)
            for child in one.children
            if ((child.dep_ == "conj" and (one is not verb or _is_subject(head, one))) or child.dep_ == "ccomp")
            and _lacks_subject(child)
        ]
        self._of_verbs(mention, doc, span, verbs, facts)
        if not facts.events:
            self._after_name(mention, doc, facts)
        if not mention.named and not facts.parties:
            self._of_sentence(mention, doc, facts)
        if not any(event and date for event, date, _ in facts.events):
            self._date_beside(mention, doc, facts)
        return facts

    def _add(self, mention: AgreementMention, found: Iterator[Mention], facts: _Facts, rule: str) -> None:
        for one in found:
            party = self._party(one)
            if party is not None and compare_name(party.name) == compare_name(mention.text):
                continue  # the Warsaw Pact is no party to the Warsaw Pact
            if party is not None and party.name not in {known.name for known, _ in facts.parties}:
                support = Evidence(one.unit, one.start, one.end, rule, DETECTOR, 0.8, "parties", party.name)
                facts.parties.append((party, support))

    def _is_organ(self, mention: Mention) -> bool:
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

    def _within(self, unit: int, start: int, end: int) -> Iterator[Mention]:
        for one in self.named[unit]:
            if one.label in _NAMES and start <= one.start and one.end <= end:
                yield one

    def _inside(self, mention: AgreementMention, facts: _Facts) -> None:
        """Names before the head of an unnamed instrument; a pair of states or bodies inside a name."""
        if not mention.named:
            self._add(mention, self._within(mention.unit, mention.start, mention.end), facts, "agreements.party_inside")
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

    def _around(self, mention: AgreementMention, doc: Doc, head: Token, facts: _Facts) -> None:
        """Possessors and owners before the name, "between X and Y", "with X", "of X" after it."""
        unit = mention.unit
        for child in head.children:
            if child.dep_ == "nmod:poss" and child.idx < mention.start:
                owner = self._subject_of(head, mention) if child.tag_ == "PRP$" else child
                if owner is not None:
                    self._add(mention, self._phrase(unit, owner), facts, "agreements.party_owner")
            case = next((word.lower_ for word in child.children if word.dep_ == "case"), None)
            if child.dep_ in {"nmod", "obl"} and case in {"between", "with", "among", "by"}:
                self._add(mention, self._phrase(unit, child), facts, "agreements.party_between")
        cases = {word.lower_ for word in head.children if word.dep_ == "case"}
        if (
            mention.kind in _RUN
            and cases & {"through", "via"}
            and (owner := self._subject_of(head, mention)) is not None
        ):
            self._add(mention, self._phrase(unit, owner), facts, "agreements.party_owner")
        before = doc.text[: mention.start].rstrip()
        for one in self.named[unit]:
            gap = doc.text[one.end : mention.start]
            if one.label in _NAMES and one.end <= mention.start and gap.strip() in {"'s", "’s", "'", "’"} and before:
                self._add(mention, iter([one]), facts, "agreements.party_owner")

    def _subject_of(self, head: Token, mention: AgreementMention) -> Token | None:
        """Whom "its" means: the subject of the clause that the instrument stands in."""
        verb = self._verb(head)
        subjects = [] if verb is None else [child for child in verb.children if child.dep_ in _SUBJECTS]
        return next((one for one in subjects if mention.start not in _stretch(one)), None)

    def _phrase(self, unit: int, head: Token) -> Iterator[Mention]:
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
                and not any(one.lower_ in self.rules.relations.excepting for one in child.children)
            ]
        taken = {word.i for word in words}
        for one in self.named[unit]:
            span = head.doc.char_span(one.start, one.end, alignment_mode="expand")
            if one.label in _NAMES and span is not None and span.root.i in taken:
                yield one

    def _is_derived(self, head: Token) -> bool:
        """ "an amendment to the pact", "talks on the pact": what happens to them does not happen to the pact."""
        at = head
        while at.dep_ in {"nmod", "conj"} and at.head.i != at.i:
            at = at.head
            if at.lemma_.lower() in self.rules.relations.derived:
                return True
        return False

    def _verb(self, head: Token) -> Token | None:
        """The verb the instrument depends on, over coordination, examples and light nouns."""
        at = head
        for _ in range(6):
            if at.dep_ in {"acl", "acl:relcl"} or at.head.i == at.i:
                break
            at = at.head
            if at.pos_ in {"VERB", "AUX"}:
                return at
        return None

    def _of_verbs(self, mention: AgreementMention, doc: Doc, span: Span, verbs: Sequence[Token], facts: _Facts) -> None:
        rules = self.rules.relations
        for one in verbs:
            lemma = one.lemma_.lower()
            event = self._event_phrase(one) or rules.event_of(lemma)
            if lemma in rules.uniting or self._lists_members(mention, one):
                end = self._clause_end(one)
                found = self._within(mention.unit, one.idx + len(one), end)
                self._add(mention, found, facts, "agreements.party_united")
            denied = any(child.lower_ in _NEGATED for child in one.children)
            makes = (lemma in rules.making or event is not None) and not denied
            date = self._date_of(mention, doc, one) or (event and self._date_behind(mention, doc, one)) or None
            leads = lemma in rules.leading and not denied
            if not (makes or leads or denied) and date is None:
                continue
            for child in one.children:
                case = next((word.lower_ for word in child.children if word.dep_ == "case"), None)
                agent = child.dep_ in {"obl:agent", "obl"} and case in {"by", "between", "with"}
                agent = agent and (case != "with" or child.pos_ == "PROPN")  # "with the help of Peru"
                subject = child.dep_ in _SUBJECTS and mention.start not in _stretch(child)
                if (makes and (agent or subject)) or (leads and agent):
                    found = self._phrase(mention.unit, child)
                    found = (party for party in found if lemma not in rules.binding or not self._is_organ(party))
                    self._add(mention, found, facts, "agreements.party_of_verb")
            if makes and one.dep_ in _SHARING and not any(child.dep_ in _SUBJECTS for child in one.children):
                objects = [child for child in one.head.children if child.dep_ == "obj"]
                causes = one.head.lemma_.lower() in rules.causing and objects  # "led the council to pass it"
                for child in objects if causes else () if one.dep_ == "advcl" else one.head.children:
                    if (causes or child.dep_ in _SUBJECTS) and mention.start not in _stretch(child):
                        self._add(mention, self._phrase(mention.unit, child), facts, "agreements.party_of_verb")
            if event is not None or date is not None:
                start, end = (one.idx, one.idx + len(one)) if date is None else date[1:]
                support = Evidence(
                    mention.unit, start, end, "agreements.read_event", DETECTOR, 0.8, "date" if date else "event",
                    date[0].edtf if date else event,
                )  # fmt: skip
                facts.events.append((event, date[0] if date else None, support))
            if denied:
                facts.status = "denied"
            elif self._is_planned(one):
                facts.status = "planned"
            elif event == "terminated" and lemma not in rules.leaving:
                facts.status = "expired"

    def _is_planned(self, verb: Token) -> bool:
        """ "will sign", "was due to sign", whatever the parse makes of "to"."""
        rules = self.rules.relations
        if any(child.dep_ == "aux" and child.lower_ in rules.planned for child in verb.children):
            return True
        before = [token.lemma_.lower() for token in verb.doc[max(verb.i - 2, 0) : verb.i]]
        governed = verb.dep_ == "xcomp" and verb.head.lemma_.lower() in rules.intending
        return governed or (before[-1:] == ["to"] and before[0] in rules.intending)

    @staticmethod
    def _clause_end(verb: Token) -> int:
        """Where the next verb with a clause of its own begins (character): its objects stand before that."""
        for token in verb.doc[verb.i + 1 :]:
            if token.pos_ in {"VERB", "AUX"} and not token.tag_.startswith("NNP"):  # "the United States"
                return token.idx
        return len(verb.doc.text)

    def _lists_members(self, mention: AgreementMention, verb: Token) -> bool:
        """Tell whether the verb says who belongs to the instrument: "Members of X include A and B"."""
        return verb.lemma_.lower() in {"include", "be"} and any(
            child.dep_ in _SUBJECTS
            and child.lemma_.lower() in self.rules.relations.members
            and mention.start in _stretch(child)
            for child in verb.children
        )

    def _event_phrase(self, verb: Token) -> AgreementEvent | None:
        """ "entered into force", "took effect": a light verb with its noun."""
        words = {child.lemma_.lower() for child in verb.children if child.dep_ in {"obl", "obj", "xcomp"}}
        for event, phrases in self.rules.relations.phrases.items():
            for phrase in phrases:
                light, noun = phrase.split()
                if verb.lemma_.lower() == light and noun in words:
                    return event
        return None

    def _date_of(self, mention: AgreementMention, doc: Doc, verb: Token) -> tuple[DateRecord, int, int] | None:
        """The date in the verb's own clause that stands nearest to it."""
        best: tuple[int, DateRecord, int, int] | None = None
        for one in self.named[mention.unit]:
            if one.label != "date" or one.record is None:
                continue
            span = doc.char_span(one.start, one.end, alignment_mode="expand")
            if span is None or self._clause(span.root) != verb.i or self._dates_other(mention, one):
                continue
            record = self.recognized.dates[one.record]
            if record.edtf is None:
                continue
            far = abs(span.root.i - verb.i)
            if best is None or far < best[0]:
                best = (far, record, one.start, one.end)
        return None if best is None else best[1:]

    def _date_behind(self, mention: AgreementMention, doc: Doc, verb: Token) -> tuple[DateRecord, int, int] | None:
        """The date behind the verb and before any mark or further verb, wherever the parse hangs it."""
        begin = verb.idx + len(verb)
        mark = re.compile(r"[,;:.()]").search(doc.text, begin)
        end = min(self._clause_end(verb), len(doc.text) if mark is None else mark.start())
        for one in self.named[mention.unit]:
            record = None if one.label != "date" or one.record is None else self.recognized.dates[one.record]
            if record is not None and record.edtf is not None and begin <= one.start and one.end <= end:
                return None if self._dates_other(mention, one) else (record, one.start, one.end)
        return None

    def _dates_other(self, mention: AgreementMention, date: Mention) -> bool:
        """Tell whether a date stands in the name of another instrument: "the 1985 agreement"."""
        return any(
            other.unit == date.unit and other is not mention and other.start <= date.start and date.end <= other.end
            for other in self.recognized.agreement_mentions
        )

    @staticmethod
    def _clause(token: Token) -> int:
        """The verb whose clause a token stands in."""
        at = token
        while at.head.i != at.i and at.pos_ not in {"VERB", "AUX"}:
            at = at.head
        return at.i

    def _of_row(self, mention: AgreementMention, facts: _Facts) -> None:
        """The other cells of a row of a table whose first cell names the instrument, read by their column header."""
        units = self.recognized.units
        row = units[mention.unit]
        if row.header is None:
            return
        for unit in units[mention.unit + 1 :]:
            if unit.header == row.header or unit.paragraph != row.paragraph or unit.header is None:
                return
            words = set(unit.header.lower().split())
            for meaning, names in self.rules.relations.columns.items():
                if not words & set(names):
                    continue
                if meaning == "parties":
                    self._add(mention, self._within(unit.ordinal, 0, len(unit.text)), facts, "agreements.party_column")
                    continue
                for one in self.named[unit.ordinal]:
                    if one.label == "date" and one.record is not None:
                        record = self.recognized.dates[one.record]
                        support = Evidence(
                            one.unit, one.start, one.end, "agreements.read_column", DETECTOR, 0.9, "date", record.edtf
                        )
                        event: dict[str, AgreementEvent] = {
                            "signed": "signed",
                            "adopted": "adopted",
                            "in_force": "in_force",
                        }
                        facts.events.append((event[meaning], record, support))

    def _after_name(self, mention: AgreementMention, doc: Doc, facts: _Facts) -> None:
        """A participle right after the name, where the parse hangs it elsewhere: "X, adopted by Y leaders in 2014"."""
        match = _PARTICIPLE.match(doc.text, mention.end)
        if match is None:
            return
        verb = doc.char_span(match.start("verb"), match.end("verb"), alignment_mode="expand")
        event = None if verb is None else self.rules.relations.event_of(verb.root.lemma_.lower())
        if event is None:
            return
        start, end = match.span("rest")
        found = [one for one in self.named[mention.unit] if start <= one.start and one.end <= end]
        by = doc.text.find("by ", start, end)
        if by >= 0:
            near = [one for one in found if one.label in _NAMES and one.start <= by + 7]
            self._add(mention, iter(near), facts, "agreements.party_of_verb")
        dates = [self.recognized.dates[one.record] for one in found if one.label == "date" and one.record is not None]
        date = next((date for date in dates if date.edtf is not None), None)
        support = Evidence(mention.unit, *match.span("verb"), "agreements.read_event", DETECTOR, 0.7, "event", event)
        facts.events.append((event, date, support))

    def _of_sentence(self, mention: AgreementMention, doc: Doc, facts: _Facts) -> None:
        """The names before an unnamed instrument and a verb of making, where no closer tie is seen."""
        clause = max(doc.text.rfind(mark, 0, mention.start) for mark in (";", ":")) + 1
        names = [one for one in self.named[mention.unit] if one.label in _NAMES and one.end <= mention.start]
        names = [one for one in names if one.start >= clause]
        verbs = [word for word in doc if word.pos_ in {"VERB", "AUX"} and word.idx < mention.start]
        making = [word for word in verbs if word.lemma_.lower() in self.rules.relations.making]
        if making and 1 <= len(names) <= 4:
            before = [one for one in names if one.end <= making[-1].idx]
            self._add(mention, iter(before), facts, "agreements.party_of_verb")

    def _date_beside(self, mention: AgreementMention, doc: Doc, facts: _Facts) -> None:
        """ "the 1994 X", "X of 15 April 1994", "X (1994)", "X in 2007", and what an unnamed one begins with."""
        for one in self.named[mention.unit]:
            if one.label != "date" or one.record is None or (record := self.recognized.dates[one.record]).edtf is None:
                continue
            after, before = doc.text[mention.end : one.start], doc.text[one.end : mention.start]
            near = one.start >= mention.end and after.strip(" (),").lower() in {"", "of", "in", "on"} and len(after) < 6
            near = near or one.start == mention.start
            event: AgreementEvent | None = "in_force" if _IN_FORCE.fullmatch(after) else None
            near = near or (one.start >= mention.end and event is not None)
            if near or (one.end <= mention.start and before.strip() in {"", "’s", "'s"} and len(before) < 4):
                support = Evidence(
                    one.unit, one.start, one.end, "agreements.read_date_beside", DETECTOR, 0.7, "date", record.edtf
                )
                facts.events.append((event, record, support))
                return


def _is_subject(head: Token, verb: Token) -> bool:
    return head.head.i == verb.i and head.dep_ in {"nsubj", "nsubj:pass", "nsubj:outer"}


def _lacks_subject(verb: Token) -> bool:
    return verb.pos_ == "VERB" and not any(child.dep_ in _SUBJECTS for child in verb.children)


def _stretch(token: Token) -> range:
    first, last = token.left_edge, token.right_edge
    return range(first.idx, last.idx + len(last))
