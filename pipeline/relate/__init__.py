"""Relate: Recognized → Related. Who does what to whom, in propositions; agreements with their parties and dates.

`relate_article` works on one article; `relate` on a stream of them. spaCy leaves here: what comes out crosses process
borders and can be cached.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline.records import Agreement, Evidence, Level, Mention, Proposition, Recognized, Related, Unit
from pipeline.relate import agreements, assertion, rule
from pipeline.relate.propositions import Clause, Phrase, find_clauses
from pipeline.relate.scoring import Judged, features, is_unnamed, judge_level, score
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
    agreements: agreements.AgreementRules


def load_rules() -> RelateRules:
    """Read the rule files of the stage.

    Raises:
        ConfigError: a file does not have the expected form.
    """
    return RelateRules(rule.load_rules(), assertion.load_rules(), agreements.load_rules())


def relate(recognized: Iterable[Recognized], *, rules: RelateRules) -> Iterator[Related]:
    """Relate article by article."""
    for article in recognized:
        yield relate_article(article, rules=rules)


def relate_article(recognized: Recognized, *, rules: RelateRules) -> Related:
    """Return all records of one article."""
    records = agreements.agreement_records(recognized, rules=rules.agreements)
    return Related(
        article=recognized.article,
        units=recognized.units,
        organizations=recognized.organizations,
        places=recognized.places,
        dates=recognized.dates,
        agreements=records,
        propositions=tuple(_Article(recognized, records, rules).propositions()),
    )


class _Article:
    """The propositions of one article, with what is named around them."""

    def __init__(self, recognized: Recognized, records: Sequence[Agreement], rules: RelateRules) -> None:
        self.recognized = recognized
        self.rules = rules
        self.named: dict[int, list[Mention]] = defaultdict(list)
        for mention in recognized.mentions:
            self.named[mention.unit].append(mention)
        self.agreements: dict[int, list[tuple[int, int, int]]] = defaultdict(list)  # unit → (start, end, record)
        for local, record in enumerate(records):
            for evidence in record.evidence:
                if evidence.field is None:
                    self.agreements[evidence.unit].append((evidence.start, evidence.end, local))
        self.last_subject: str | None = None  # the named subject of the sentence before, in the same section
        self.section: tuple[str, ...] = ()

    def propositions(self) -> Iterator[Proposition]:
        for unit, doc in zip(self.recognized.units, self.recognized.docs, strict=True):
            if unit.section != self.section or unit.kind == "heading":
                self.last_subject, self.section = None, unit.section
            if doc is not None and unit.kind in {"sentence", "item"}:
                yield from self._of_unit(unit, doc)

    def _of_unit(self, unit: Unit, doc: Doc) -> Iterator[Proposition]:
        clauses = find_clauses(doc, self.rules.assertions)
        mentions = self.named[unit.ordinal]
        numbers = _has_number(doc, mentions)
        lemmas = frozenset(token.lemma_.lower() for token in doc)
        judged = judge_level(
            unit.text,
            clauses,
            mentions=mentions,
            numbers=numbers,
            lemmas=lemmas,
            cats=doc.cats,
            rules=self.rules.claims,
        )
        if judged.level != "none":
            kept: Sequence[Clause | None] = clauses or [None]
            if judged.level == "general":
                kept = kept[:1]
            for clause in kept:
                yield self._proposition(unit, doc, clause, judged, judged.level)
        self.last_subject = self._named_subject(clauses, mentions)

    def _proposition(self, unit: Unit, doc: Doc, clause: Clause | None, judged: Judged, level: Level) -> Proposition:
        whole = Evidence(unit.ordinal, 0, len(unit.text), judged.rule_id, self._detector(judged), judged.confidence)
        if clause is None:
            clause = Clause(judged.rule_id, None, None, None, None, "affirmed", "asserted", None, 0)
        spans = [phrase for phrase in (clause.subject, clause.predicate, clause.object) if phrase is not None]
        inside = self._links(unit, spans)
        subject = None if clause.subject is None else clause.subject.text
        resolved = (
            self.last_subject
            if subject is not None and is_unnamed(subject) and _points_back(subject, self.rules.claims.bodies)
            else None
        )
        names = frozenset(label for label, locals_ in inside.items() if locals_)
        text = " ".join(phrase.text for phrase in spans) or unit.text
        words = frozenset(
            token.lemma_.lower() for token in doc if any(span.start <= token.idx < span.end for span in spans)
        )
        found = features(
            clause,
            level=level,
            labels=names,
            numbers=any(char.isdigit() for char in text) and "date" not in names,
            lemmas=words,
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
            predicate=None if clause.predicate is None else clause.predicate.text,
            object=None if clause.object is None else clause.object.text,
            polarity=clause.polarity,
            modality=clause.modality,
            attribution=None if clause.attribution is None else clause.attribution.text,
            organizations=inside["organization"],
            places=inside["place"],
            dates=inside["date"],
            agreements=inside["agreement"],
            evidence=(whole, *self._roles(unit, clause)),
            predicate_lemma=clause.lemma,
            subject_resolved=resolved,
            score_detail=detail,
        )

    def _detector(self, judged: Judged) -> str:
        return self.recognized.model if judged.by_model else DETECTOR

    def _roles(self, unit: Unit, clause: Clause) -> Iterator[Evidence]:
        roles: Mapping[str, Phrase | None] = {
            "subject": clause.subject,
            "predicate": clause.predicate,
            "object": clause.object,
            "attribution": clause.attribution,
        }
        for field, phrase in roles.items():
            if phrase is not None:
                yield Evidence(
                    unit.ordinal, phrase.start, phrase.end, clause.rule_id, DETECTOR, 0.8, field, phrase.text
                )

    def _links(self, unit: Unit, spans: Sequence[Phrase]) -> dict[str, tuple[int, ...]]:
        """Records named inside the roles; in the whole unit where there are no roles. `person` is 1 for any."""
        found: dict[str, set[int]] = {"organization": set(), "place": set(), "date": set(), "agreement": set()}
        people: set[int] = set()
        for mention in self.named[unit.ordinal]:
            if not _within(mention.start, mention.end, spans):
                continue
            if mention.label in {"person", "event"}:
                people.add(1)
            elif mention.label in found and mention.label != "agreement" and mention.record is not None:
                found[mention.label].add(mention.record)
        for start, end, local in self.agreements[unit.ordinal]:
            if _within(start, end, spans):
                found["agreement"].add(local)
        return {**{label: tuple(sorted(numbers)) for label, numbers in found.items()}, "person": tuple(people)}

    def _named_subject(self, clauses: Sequence[Clause], mentions: Sequence[Mention]) -> str | None:
        """The one name that the sentence is about, for the pronoun of the next; None where it is not safe to say."""
        main = next((clause for clause in clauses if clause.subject is not None), None)
        if main is None or main.subject is None:
            return None
        subject = main.subject
        if is_unnamed(subject.text):
            return self.last_subject if _points_back(subject.text, self.rules.claims.bodies) else None
        names = [
            mention.text
            for mention in mentions
            if mention.label in {"organization", "agreement"} and subject.start <= mention.start < subject.end
        ]
        others = {
            mention.text
            for mention in mentions
            if mention.label in {"organization", "agreement"} and mention.text not in names
        }
        return names[0] if names and not others and " and " not in subject.text else None


def _points_back(subject: str, bodies: frozenset[str]) -> bool:
    """Only "it" and "this/the body" words in the singular are resolved; "they" and "this" alone are not safe."""
    lowered = subject.lower()
    return lowered == "it" or (lowered.startswith("this ") and lowered.split()[-1] in bodies)


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
