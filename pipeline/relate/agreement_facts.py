"""What the sentence of one mention says of its instrument: parties, events, dates, and whether it came about."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from pipeline.records import AgreementEvent, AgreementMention, DateRecord, Evidence, Mention, Recognized
from pipeline.relate.agreement_parties import DETECTOR, NAMES, SUBJECTS, Facts, PartyReader, stretch, verb_over
from pipeline.relate.relations import AgreementRules

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

OPENING = "agreements.read_opening"  # "opened for signature": it is signed from then on
_SHARING = frozenset({"conj", "xcomp", "advcl"})  # a verb that may be done by whom another names
_PARTICIPLE = re.compile(
    r"(?: \([^)]*\))?,? (?:(?:which )?(?:was|were) (?:\w+ly )?)?(?P<verb>[a-z]+ed|set|made)\b(?P<rest>[^;:.]{0,120})"
)
_IN_FORCE = re.compile(r"(?: \([^)]*\))?[:,]? (?:which )?(?:has been )?in (?:force|effect) since (?:the )?")
_NEGATED = frozenset({"not", "n't", "never", "no", "neither", "nearly", "almost"})


class FactReader:
    """Reads the sentences of one article."""

    def __init__(self, recognized: Recognized, rules: AgreementRules) -> None:
        self.recognized = recognized
        self.rules = rules
        self.docs: Mapping[int, Doc | None] = {
            unit.ordinal: doc for unit, doc in zip(recognized.units, recognized.docs, strict=True)
        }
        self.named: dict[int, list[Mention]] = defaultdict(list)
        for mention in recognized.mentions:
            self.named[mention.unit].append(mention)
        self.parties = PartyReader(recognized, rules, self.named)

    def facts(self, mention: AgreementMention) -> Facts:
        facts = Facts()
        doc = self.docs.get(mention.unit)
        if doc is None:
            return facts
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None:
            return facts
        head = span.root
        self._of_row(mention, facts)
        self.parties.inside(mention, facts)
        if self._is_derived(head):
            return facts
        self.parties.around(mention, doc, head, facts)
        verb = verb_over(head)
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
        if not any(date for _, date, _ in facts.events):
            self._after_name(mention, doc, facts)
        if not mention.named and not facts.parties:
            self._of_sentence(mention, doc, facts)
        self._in_force_beside(mention, doc, facts)
        if not any(date for _, date, _ in facts.events):
            self._date_beside(mention, doc, facts)
        return facts

    def _is_derived(self, head: Token) -> bool:
        """ "an amendment to the pact", "talks on the pact": what happens to them does not happen to the pact."""
        at = head
        while at.dep_ in {"nmod", "conj"} and at.head.i != at.i:
            at = at.head
            if at.lemma_.lower() in self.rules.relations.derived:
                return True
        return False

    def _of_verbs(self, mention: AgreementMention, doc: Doc, span: Span, verbs: Sequence[Token], facts: Facts) -> None:
        rules = self.rules.relations
        for one in verbs:
            lemma = one.lemma_.lower()
            event = self._event_phrase(one) or rules.event_of(lemma) or rules.event_of(one.lower_)
            if lemma in rules.uniting or self._lists_members(mention, one):
                end = self._clause_end(one)
                found = self.parties.within(mention.unit, one.idx + len(one), end)
                self.parties.add(mention, found, facts, "agreements.party_united")
            denied = any(child.lower_ in _NEGATED for child in one.children)
            undone = any(
                child.dep_ == "compound:prt" and child.lower_ == "down" for child in one.children
            )  # "struck down"
            makes = (lemma in rules.making or event is not None) and not (denied or undone)
            date = self._date_of(mention, doc, one) or (event and self._date_behind(mention, doc, one)) or None
            leads = lemma in rules.leading and not denied
            if not (makes or leads or denied) and date is None:
                continue
            for child in one.children:
                case = next((word.lower_ for word in child.children if word.dep_ == "case"), None)
                agent = child.dep_ in {"obl:agent", "obl"} and case in {"by", "between", "with"}
                agent = agent and (case != "with" or child.pos_ == "PROPN")  # "with the help of Peru"
                subject = child.dep_ in SUBJECTS and mention.start not in stretch(child)
                if (makes and (agent or subject)) or (leads and agent):
                    found = self.parties.phrase(mention.unit, child)
                    found = (party for party in found if lemma not in rules.binding or not self.parties.is_organ(party))
                    self.parties.add(mention, found, facts, "agreements.party_of_verb")
            if makes and one.dep_ in _SHARING and not any(child.dep_ in SUBJECTS for child in one.children):
                objects = [child for child in one.head.children if child.dep_ == "obj"]
                causes = one.head.lemma_.lower() in rules.causing and objects  # "led the council to pass it"
                for child in objects if causes else () if one.dep_ == "advcl" else one.head.children:
                    if (causes or child.dep_ in SUBJECTS) and mention.start not in stretch(child):
                        self.parties.add(
                            mention, self.parties.phrase(mention.unit, child), facts, "agreements.party_of_verb"
                        )
            if event is not None or date is not None:
                start, end = (one.idx, one.idx + len(one)) if date is None else date[1:]
                rule = OPENING if lemma == "open" else "agreements.read_event"
                support = Evidence(
                    mention.unit, start, end, rule, DETECTOR, 0.8, "date" if date else "event",
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
            child.dep_ in SUBJECTS
            and child.lemma_.lower() in self.rules.relations.members
            and mention.start in stretch(child)
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
        for one, record in self._dated(mention):
            span = doc.char_span(one.start, one.end, alignment_mode="expand")
            if span is None or self._clause(span.root) != verb.i or self._dates_other(mention, one):
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
        for one, record in self._dated(mention):
            if begin <= one.start and one.end <= end:
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

    def _of_row(self, mention: AgreementMention, facts: Facts) -> None:
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
                    self.parties.add(
                        mention, self.parties.within(unit.ordinal, 0, len(unit.text)), facts, "agreements.party_column"
                    )
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

    def _after_name(self, mention: AgreementMention, doc: Doc, facts: Facts) -> None:
        """A participle right after the name, where the parse hangs it elsewhere: "X, adopted by Y leaders in 2014"."""
        match = _PARTICIPLE.match(doc.text, mention.end)
        if match is None:
            return
        verb = doc.char_span(match.start("verb"), match.end("verb"), alignment_mode="expand")
        event_of = self.rules.relations.event_of
        event = None if verb is None else event_of(verb.root.lemma_.lower()) or event_of(verb.root.lower_)
        opened = match["verb"] == "opened" and match["rest"].startswith(" for signature")
        event = "signed" if opened else event
        if event is None:
            return
        start, end = match.span("rest")
        found = [one for one in self.named[mention.unit] if start <= one.start and one.end <= end]
        by = doc.text.find("by ", start, end)
        if by >= 0:
            near = [one for one in found if one.label in NAMES and by <= one.start <= by + 7]
            self.parties.add(mention, iter(near), facts, "agreements.party_of_verb")
        dates = [self.recognized.dates[one.record] for one in found if one.label == "date" and one.record is not None]
        date = next((date for date in dates if date.edtf is not None), None)
        rule = OPENING if opened else "agreements.read_event"
        support = Evidence(mention.unit, *match.span("verb"), rule, DETECTOR, 0.7, "event", event)
        facts.events.append((event, date, support))

    def _of_sentence(self, mention: AgreementMention, doc: Doc, facts: Facts) -> None:
        """The names before an unnamed instrument and a verb of making, where no closer tie is seen."""
        clause = max(doc.text.rfind(mark, 0, mention.start) for mark in (";", ":")) + 1
        names = [one for one in self.named[mention.unit] if one.label in NAMES and one.end <= mention.start]
        names = [one for one in names if one.start >= clause]
        verbs = [word for word in doc if word.pos_ in {"VERB", "AUX"} and word.idx < mention.start]
        making = [word for word in verbs if word.lemma_.lower() in self.rules.relations.making]
        if making and 1 <= len(names) <= 4:
            before = [one for one in names if one.end <= making[-1].idx]
            self.parties.add(mention, iter(before), facts, "agreements.party_of_verb")

    def _in_force_beside(self, mention: AgreementMention, doc: Doc, facts: Facts) -> None:
        """ "X, in force since 2007": said right behind the name."""
        for one, record in self._dated(mention):
            if one.start >= mention.end and _IN_FORCE.fullmatch(doc.text, mention.end, one.start):
                facts.events.append(("in_force", record, self._beside(one, record)))

    def _date_beside(self, mention: AgreementMention, doc: Doc, facts: Facts) -> None:
        """ "the 1994 X", "X of 15 April 1994", "X (1994)", "X in 2007", and what an unnamed one begins with."""
        for one, record in self._dated(mention):
            after, before = doc.text[mention.end : one.start], doc.text[one.end : mention.start]
            near = one.start >= mention.end and after.strip(" (),").lower() in {"", "of", "in", "on"} and len(after) < 6
            near = near or one.start == mention.start
            if near or (one.end <= mention.start and before.strip() in {"", "’s", "'s"} and len(before) < 4):
                facts.events.append((None, record, self._beside(one, record)))
                return

    def _dated(self, mention: AgreementMention) -> Iterator[tuple[Mention, DateRecord]]:
        """The dates of the sentence that a calendar places."""
        for one in self.named[mention.unit]:
            record = None if one.label != "date" or one.record is None else self.recognized.dates[one.record]
            if record is not None and record.edtf is not None:
                yield one, record

    @staticmethod
    def _beside(date: Mention, record: DateRecord) -> Evidence:
        return Evidence(
            date.unit, date.start, date.end, "agreements.read_date_beside", DETECTOR, 0.7, "date", record.edtf
        )


def _is_subject(head: Token, verb: Token) -> bool:
    return head.head.i == verb.i and head.dep_ in {"nsubj", "nsubj:pass", "nsubj:outer"}


def _lacks_subject(verb: Token) -> bool:
    return verb.pos_ == "VERB" and not any(child.dep_ in SUBJECTS for child in verb.children)
