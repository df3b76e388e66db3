"""Relate: Recognized → Related. Who does what to whom, in propositions; agreements with their parties and dates.

`relate_article` works on one article; `relate` on a stream of them. spaCy leaves here: what comes out crosses process
borders and can be cached.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pipeline.records import Agreement, Evidence, Level, Mention, Proposition, Recognized, Related, Unit
from pipeline.relate import agreements, assertion, relations, rule
from pipeline.relate.mend import mend_doc
from pipeline.relate.propositions import find_clauses
from pipeline.relate.reader import Clause
from pipeline.relate.references import Named, References
from pipeline.relate.scoring import Judged, features, judge_level, score
from pipeline.relate.taken_up import with_taken_up
from pipeline.relate.tree import Phrase
from pipeline.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc

DETECTOR = f"relate/{__version__}"
_NUMBER_TAG = "CD"
_SMALL_NUMBERS = frozenset({"one", "1", "first"})


@dataclass(frozen=True, slots=True)
class RelateRules:
    """Everything the stage reads from data files."""

    claims: rule.ClaimRules
    assertions: assertion.AssertionRules
    agreements: relations.AgreementRules


def load_rules() -> RelateRules:
    """Read the rule files of the stage.

    Raises:
        ConfigError: a file does not have the expected form.
    """
    return RelateRules(rule.load_rules(), assertion.load_rules(), relations.load_rules())


def relate(recognized: Iterable[Recognized], *, rules: RelateRules) -> Iterator[Related]:
    """Relate article by article."""
    for article in recognized:
        yield relate_article(article, rules=rules)


def relate_article(recognized: Recognized, *, rules: RelateRules) -> Related:
    """Return all records of one article; the parses of its units are mended on the way."""
    for doc in filter(None, recognized.docs):
        mend_doc(doc)
    records = agreements.agreement_records(recognized, rules=rules.agreements)
    propositions = tuple(_Article(recognized, records, rules).propositions())
    return Related(
        article=recognized.article,
        units=recognized.units,
        organizations=recognized.organizations,
        places=recognized.places,
        dates=recognized.dates,
        agreements=with_taken_up(records, propositions, recognized, rules=rules.agreements),
        propositions=propositions,
    )


class _Article:
    """The propositions of one article, with what is named around them."""

    def __init__(self, recognized: Recognized, records: Sequence[Agreement], rules: RelateRules) -> None:
        self.recognized = recognized
        self.rules = rules
        self.records = records
        self.named: dict[int, list[Mention]] = defaultdict(list)
        for mention in recognized.mentions:
            self.named[mention.unit].append(mention)
        self.agreements: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # unit → (start, end, record)
        for local, record in enumerate(records):
            for evidence in record.evidence:
                if evidence.field is None:
                    self.agreements[evidence.unit].append((evidence.start, evidence.end, local))
        self.row: Unit | None = None  # first cell of the current row of a table
        self.clauses_of: dict[int, list[Clause]] = {}
        self.references = References(recognized.units, self._nameable(), self.clauses_of, rules.claims)

    def propositions(self) -> Iterator[Proposition]:
        for unit, doc in zip(self.recognized.units, self.recognized.docs, strict=True):
            self.references.enter(unit)
            if doc is not None and unit.kind in {"sentence", "item"}:
                yield from self._of_unit(unit, doc)
                self._take_up(unit.ordinal)

    def _nameable(self) -> dict[int, list[Named]]:
        """By unit, what a pronoun can stand for: bodies, places and events, and instruments that have a name."""
        found: dict[int, list[Named]] = defaultdict(list)
        for mention in self.recognized.mentions:
            if mention.label not in {"date", "nationality"}:
                found[mention.unit].append(Named(mention.label, mention.start, mention.end, mention.text))
        for unit, spans in self.agreements.items():
            named = [span for span in spans if self.records[span[2]].named]
            found[unit] += [Named("agreement", start, end, self._text(unit)[start:end]) for start, end, _ in named]
        return {unit: sorted(some, key=lambda one: (one.start, one.end)) for unit, some in found.items()}

    def _of_unit(self, unit: Unit, doc: Doc) -> Iterator[Proposition]:
        clauses = find_clauses(doc, self.rules.assertions)
        self.clauses_of[unit.ordinal] = clauses
        mentions = self.named[unit.ordinal]
        numbers = _has_number(doc, mentions) or any(mention.label == "date" for mention in mentions)
        if unit.header is not None and not clauses:
            yield from self._of_cell(unit, doc, named=bool(self._names(unit.ordinal)) or numbers)
            return
        judged = judge_level(
            unit.text,
            clauses,
            names=self._names(unit.ordinal),
            numbers=numbers,
            lemmas=frozenset(token.lemma_.lower() for token in doc),
            cats=doc.cats,
            rules=self.rules.claims,
        )
        if judged.level != "none":
            found: Sequence[_Roles] = [_Roles.of(clause, unit.ordinal) for clause in clauses]
            found = found or self._of_item(unit, doc) or [_Roles.nothing(judged.rule_id)]
            for roles in found if judged.level == "specific" else found[:1]:
                yield self._proposition(unit, doc, roles, judged, judged.level)
        self.references.pass_on(unit.ordinal)

    def _take_up(self, ordinal: int) -> None:
        """Note under which nouns ("alliance", "treaty") the bodies and instruments of a unit can be taken up."""
        for mention in self.named[ordinal]:
            if mention.label == "organization" and mention.record is not None:
                body = self.recognized.organizations[mention.record]
                self.references.take_up(body.name, body.kind)
        for _, _, local in self.agreements[ordinal]:
            record = self.records[local]
            if record.named:
                self.references.take_up(record.display_name, record.kind)

    def _names(self, ordinal: int) -> list[tuple[int, int]]:
        """Where something particular is named: mentions but nationalities and dates, and instruments."""
        spans = [(one.start, one.end) for one in self.named[ordinal] if one.label not in {"nationality", "date"}]
        return [*spans, *((start, end) for start, end, _ in self.agreements[ordinal])]

    def _of_item(self, unit: Unit, doc: Doc) -> list[_Roles]:
        """Read an item as what its lead-in leaves open: "The fund lends to:" with "Chad", "It aims to:" with a verb."""
        if unit.lead_in is None:
            return []
        lead = max(self.clauses_of.get(unit.lead_in, []), key=_end_of, default=None)
        if (
            lead is None
            or lead.subject is None
            or lead.predicate is None
            or not _is_open(lead, self._text(unit.lead_in))
        ):
            return []
        first = 0 if len(doc) and doc[0].lower_ != "to" else 1
        verb = next((token for token in doc if token.dep_ == "ROOT" and token.tag_ == "VB"), None)
        roles = [("subject", unit.lead_in, lead.subject)]
        end = len(unit.text.rstrip(" .;,"))
        if verb is None:
            roles.append(("predicate", unit.lead_in, lead.predicate))
            roles.append(("object", unit.ordinal, Phrase(unit.text[:end], 0, end, 0)))
            lemma = lead.lemma
        else:
            after = verb.idx + len(verb)
            start = doc[first].idx if first < len(doc) else 0
            roles.append(("predicate", unit.ordinal, Phrase(unit.text[start:after], start, after, verb.i)))
            rest = unit.text[after:end]
            begin = after + len(rest) - len(rest.lstrip())
            if begin < end:
                roles.append(("object", unit.ordinal, Phrase(unit.text[begin:end], begin, end, verb.i)))
            lemma = verb.lemma_.lower()
        clause = replace(lead, rule_id="claims.read_list_item", lemma=lemma)
        return [_Roles(clause, tuple(roles))]

    def _of_cell(self, unit: Unit, doc: Doc, *, named: bool) -> Iterator[Proposition]:
        """Read a cell as what its column says of the first cell of its row."""
        row = self.row
        if row is None or row.paragraph != unit.paragraph or row.header == unit.header:
            self.row = unit
            if named:
                judged = Judged("general", "claims.name_only", 0.85, False)
                yield self._proposition(unit, doc, _Roles.nothing(judged.rule_id), judged, "general")
            return
        if unit.header is None or not (named or self.named[row.ordinal]) or not any(map(str.isalnum, unit.text)):
            return
        clause = Clause("claims.read_table_cell", None, None, None, None, "affirmed", "asserted", None, 0)
        clause = replace(
            clause,
            subject=Phrase(row.text, 0, len(row.text), 0),
            predicate=Phrase(unit.header, 0, 0, 0),
            object=Phrase(unit.text, 0, len(unit.text), 0),
            lemma=unit.header.lower(),
        )
        if clause.subject is None or clause.object is None:
            return
        roles = _Roles(clause, (("subject", row.ordinal, clause.subject), ("object", unit.ordinal, clause.object)))
        judged = Judged("general", "claims.read_table_cell", 0.8, False)
        yield self._proposition(unit, doc, roles, judged, "general")

    def _proposition(self, unit: Unit, doc: Doc, roles: _Roles, judged: Judged, level: Level) -> Proposition:
        whole = Evidence(unit.ordinal, 0, len(unit.text), judged.rule_id, self._detector(judged), judged.confidence)
        clause = roles.clause
        inside = self._links(unit, roles)
        subject, predicate, object_ = roles.text("subject"), roles.text("predicate"), roles.text("object")
        told = self.references.subject(unit.ordinal, roles.place("subject"))
        resolved = told.name
        here = [phrase for _, at, phrase in roles.places if at == unit.ordinal]
        text = " ".join(filter(None, (subject, predicate, object_))) or unit.text
        found = features(
            subject,
            object_,
            level=level,
            labels=frozenset(label for label, locals_ in inside.items() if locals_),
            numbers=any(map(str.isdigit, text)) and not inside["date"],
            lemmas=frozenset(
                token.lemma_.lower() for token in doc if any(at.start <= token.idx < at.end for at in here)
            ),
            modality=clause.modality,
            attributed=clause.attribution is not None,
            resolved=resolved is not None,
            rules=self.rules.claims,
        )
        value, detail = score(found, self.rules.claims)
        return Proposition(
            unit=unit.ordinal,
            text=unit.text,
            level=level,
            score=value,
            subject=subject,
            predicate=predicate,
            object=object_,
            polarity="negated" if told.denied and clause.polarity == "affirmed" else clause.polarity,
            modality=clause.modality,
            attribution=roles.text("attribution"),
            organizations=inside["organization"],
            places=inside["place"],
            dates=tuple(sorted({*inside["date"], *self._shared_dates(unit, clause)})),
            agreements=inside["agreement"],
            evidence=(whole, *roles.evidence()),
            predicate_lemma=clause.lemma,
            subject_resolved=resolved,
            object_resolved=self.references.object(unit.ordinal, roles.place("object"), clause),
            score_detail=detail,
            setting=clause.setting,
        )

    def _shared_dates(self, unit: Unit, clause: Clause) -> Iterator[int]:
        """ "In 1998, Norland gave notice and left the accord": the date in front holds for both verbs."""
        front = clause.shared
        if front is not None:
            for mention in self.named[unit.ordinal]:
                if (
                    mention.label == "date"
                    and mention.record is not None
                    and _within(mention.start, mention.end, [front])
                ):
                    yield mention.record

    def _detector(self, judged: Judged) -> str:
        return self.recognized.model if judged.by_model else DETECTOR

    def _text(self, ordinal: int) -> str:
        return self.recognized.units[ordinal].text

    def _links(self, unit: Unit, roles: _Roles) -> dict[str, tuple[int, ...]]:
        """Records named inside the roles; in the whole unit where there are no roles. `person` is 1 for any."""
        found: dict[str, set[int]] = {"organization": set(), "place": set(), "date": set(), "agreement": set()}
        people: set[int] = set()
        spans: dict[int, list[Phrase]] = defaultdict(list)
        for _, at, phrase in roles.places:
            spans[at].append(phrase)
        for at in spans or {unit.ordinal: []}:
            for mention in self.named[at]:
                if not _within(mention.start, mention.end, spans[at]):
                    continue
                if mention.label in {"person", "event"}:
                    people.add(1)
                elif mention.label in found and mention.label != "agreement" and mention.record is not None:
                    found[mention.label].add(mention.record)
            for start, end, local in self.agreements[at]:
                if _within(start, end, spans[at]):
                    found["agreement"].add(local)
        return {**{label: tuple(sorted(numbers)) for label, numbers in found.items()}, "person": tuple(people)}


@dataclass(frozen=True, slots=True)
class _Roles:
    """A clause and where its roles stand: (role, ordinal of the unit, phrase)."""

    clause: Clause
    places: tuple[tuple[str, int, Phrase], ...]

    @classmethod
    def of(cls, clause: Clause, ordinal: int) -> _Roles:
        phrases: Mapping[str, Phrase | None] = {
            "subject": clause.subject,
            "predicate": clause.predicate,
            "object": clause.object,
            "attribution": clause.attribution,
        }
        return cls(clause, tuple((role, ordinal, phrase) for role, phrase in phrases.items() if phrase is not None))

    @classmethod
    def nothing(cls, rule_id: str) -> _Roles:
        return cls(Clause(rule_id, None, None, None, None, "affirmed", "asserted", None, 0), ())

    def text(self, role: str) -> str | None:
        """The words of a role. A column header is said once for the column, so that it has no place of its own."""
        if role == "predicate" and self.clause.rule_id == "claims.read_table_cell" and self.clause.predicate:
            return self.clause.predicate.text
        return next((phrase.text for name, _, phrase in self.places if name == role), None)

    def place(self, role: str) -> tuple[int, Phrase] | None:
        """Where a role stands: ordinal of the unit, phrase."""
        return next(((at, phrase) for name, at, phrase in self.places if name == role), None)

    def evidence(self) -> Iterator[Evidence]:
        for role, ordinal, phrase in self.places:
            yield Evidence(ordinal, phrase.start, phrase.end, self.clause.rule_id, DETECTOR, 0.8, role, phrase.text)


def _end_of(clause: Clause) -> int:
    return max((phrase.end for phrase in (clause.subject, clause.predicate, clause.object) if phrase), default=0)


def _is_open(clause: Clause, text: str) -> bool:
    """Tell whether nothing but "to", "the following" or "as follows" stands between the clause and the colon."""
    if not text.rstrip().endswith(":") or clause.predicate is None:
        return False
    rest = text[clause.predicate.end :].lower().translate({ord(":"): None}).split()
    return " ".join(rest) in {"", "to", "the following", "as follows", "these", "following"}


def _within(start: int, end: int, spans: Sequence[Phrase]) -> bool:
    return not spans or any(span.start <= start and end <= span.end for span in spans)


def _has_number(doc: Doc, mentions: Sequence[Mention]) -> bool:
    """Tell whether a count stands in the unit, outside names and dates."""
    taken = sorted((mention.start, mention.end) for mention in mentions)
    starts = [start for start, _ in taken]
    for token in doc:
        if (token.tag_ == _NUMBER_TAG or token.like_num) and token.lower_ not in _SMALL_NUMBERS:
            at = bisect_left(starts, token.idx + 1) - 1
            if at < 0 or taken[at][1] <= token.idx:
                return True
    return False
