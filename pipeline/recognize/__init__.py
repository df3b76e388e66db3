"""Recognize: Parsed → Recognized. Bodies, places, persons, events, dates and instruments, resolved within the article.

Three sources check each other: the model, the lexicons, and what the article itself defines. `overlaps` decides between
them; each mention keeps who read it in `detector` and how sure that is in `confidence`.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from spacy.matcher import PhraseMatcher

from pipeline.names import compare_name, display_name
from pipeline.nlp import blank
from pipeline.recognize import agreements, organizations
from pipeline.recognize.date_values import DateValue
from pipeline.recognize.dates import DateMention, Grammar, find_dates, load_grammar
from pipeline.recognize.organizations import Bodies, defined_pair, is_acronym, load_bodies
from pipeline.recognize.overlaps import Reading, choose
from pipeline.recognize.places import Gazetteer, load_gazetteer
from pipeline.records import (
    AgreementMention,
    DateRecord,
    Evidence,
    Mention,
    MentionLabel,
    Organization,
    Parsed,
    Place,
    Recognized,
)
from pipeline.version import __version__

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

LABELS: dict[str, MentionLabel] = {
    "ORG": "organization", "GPE": "place", "LOC": "place", "PERSON": "person", "EVENT": "event", "NORP": "nationality",
}  # fmt: skip
DETECTOR = f"recognize/{__version__}"
_LEADING = re.compile(r"(?:the|a|an|its|their|his|her)\s+", re.IGNORECASE)
_TRAILING = re.compile(r"(?:['’]s?|[,.;:\s]|\[\d+\]?)$")  # also a mark of a footnote
_SIGNED = re.compile(
    r"\b(?:sign|conclud|ratif|negotiat|acced|text of|provisions? of|articles? .{1,12} of|terms of|parties to)\w*\b",
    re.IGNORECASE,
)


_CALLED = re.compile(
    r",? (?:\()?(?:(?:also|better|formerly|commonly|widely|popularly|officially|formally) )*"
    r"(?:known as|called|referred to as|named|renamed|styled|formally|officially) (?:simply )?(?:the )?[\"“‘']?"
)
_OPERATION = re.compile(r"(?:Operation|Exercise) [A-Z]")  # an event, not a body
# A ship, or the designation of an aircraft or weapon: no body.
_VESSEL = re.compile(r"(?:HMS|USS|USNS|HMAS|HMCS|HMNZS|INS|RFA|MV) [A-Z]|[A-Z]{1,3}-\d{1,4}[A-Z]{0,2}$")
_LOOSE_END = re.compile(r" (?:of|for|on|and|in|against)(?: the)?$")
_CAPITALS = re.compile(r" (?:the )?[A-Z][\w-]+(?:,? (?:(?:of|and|for|on|the|and the|of the) )?[A-Z][\w-]+)*")
_SEAT = re.compile(r" in (?P<town>(?:The )?[A-Z][\w-]+)$")
_LOOSE = frozenset({"programme", "partnership"})  # kinds whose heads also name bodies


@dataclass(frozen=True, slots=True)
class Resources:
    """Everything the stage reads from data files."""

    bodies: Bodies
    gazetteer: Gazetteer
    agreements: agreements.Rules
    grammar: Grammar
    use_lexicon: bool


def load_resources(*, use_lexicon: bool = True) -> Resources:
    """Read rules and lexicons. Without lexicons, bodies and instruments are left to the model and the article.

    Raises:
        ConfigError: a file does not have the expected form.
    """
    gazetteer = load_gazetteer()
    bodies = load_bodies(use_lexicon=use_lexicon)
    return Resources(bodies, gazetteer, agreements.load_rules(), load_grammar(), use_lexicon)


def recognize(parsed: Iterable[Parsed], *, resources: Resources) -> Iterator[Recognized]:
    """Recognize article by article."""
    for article in parsed:
        yield recognize_article(article, resources=resources)


def recognize_article(parsed: Parsed, *, resources: Resources) -> Recognized:
    """Return the mentions and records of one article."""
    return _Article(parsed, resources).recognized()


@functools.lru_cache(maxsize=4)
def _matcher(vocab: Vocab, surfaces: tuple[tuple[str, tuple[str, ...]], ...]) -> PhraseMatcher:
    tokenizer = blank().tokenizer
    matcher = PhraseMatcher(vocab)
    for label, forms in surfaces:
        docs = []
        for form in forms:
            for spelling in {form, form.replace("'", "’"), form.replace("’", "'")}:
                doc = tokenizer(spelling)
                docs.append(type(doc)(vocab, words=[token.text for token in doc]))
        matcher.add(label, docs)
    return matcher


class _Article:
    def __init__(self, parsed: Parsed, resources: Resources) -> None:
        self.parsed = parsed
        self.resources = resources
        self.pairs = [(unit, doc) for unit, doc in zip(parsed.units, parsed.docs, strict=True) if doc is not None]
        self.texts = {unit.ordinal: unit.text for unit, _ in self.pairs}

    def recognized(self) -> Recognized:
        parsed = self.parsed
        found = agreements.find_agreements(
            parsed.units, parsed.docs, rules=self.resources.agreements, use_lexicon=self.resources.use_lexicon
        )
        instruments = self._instruments(found)
        readings, pairs = self._readings(instruments)
        bodies, mentions = self._organizations(readings, pairs)
        places, placed = self._places(readings)
        dates, dated = self._dates(instruments, readings)
        others = [
            self._mention(unit, one, None)
            for unit, ones in readings.items()
            for one in ones
            if one.label in {"person", "event", "nationality"}
        ]
        everything = sorted((*mentions, *placed, *dated, *others), key=lambda one: (one.unit, one.start, one.end))
        return Recognized(
            article=parsed.article,
            units=parsed.units,
            docs=parsed.docs,
            model=parsed.model,
            mentions=tuple(everything),
            organizations=bodies,
            places=places,
            dates=dates,
            agreement_mentions=tuple(instruments),
        )

    # Readings ---------------------------------------------------------------------------------------------------

    def _instruments(self, found: Sequence[AgreementMention]) -> list[AgreementMention]:
        """Leave out what another source reads as a body, and names that only the capitals of a heading make."""
        headings = {unit.ordinal for unit, _ in self.pairs if unit.kind in {"title", "heading"}}
        kinds = {unit.ordinal: _entities(doc) for unit, doc in self.pairs}
        said = {compare_name(one.text) for one in found if one.named and one.unit not in headings}
        kept, bodies = [], []
        for one in found:
            over = [e for e in kinds.get(one.unit, ()) if e[1] < one.end and one.start < e[2]]
            backed = any(label in {"AGR", "AGU"} for label, _, _ in over)
            body = any(
                label == "ORG"
                and start <= one.start
                and one.end <= end
                and (end - start > len(one.text) or one.kind in _LOOSE)
                for label, start, end in over
            )
            body = body and one.rule_id not in {"agreements.read_defined_acronym", "agreements.read_lexicon"}
            guessed = one.named and not backed and one.unit in headings and compare_name(one.text) not in said
            if not (one.named and (self._is_body(one, backed) or (body and not backed) or guessed)):
                kept.append(one)
            elif one.named and not guessed:
                bodies.append(one)
        short = {self._short(one) for one in bodies}
        return [one for one in kept if one.rule_id != "agreements.read_defined_acronym" or one.text not in short]

    def _short(self, body: AgreementMention) -> str | None:
        """The acronym that stands behind the name of a body: it is the body's, not an instrument's."""
        match = agreements.defined_acronym(self.texts[body.unit], body.end)
        return None if match is None else match["name"]

    def _is_body(self, mention: AgreementMention, backed: bool) -> bool:
        """A name that stands for a body and for its treaty is the treaty where it is signed, ratified or quoted."""
        body = self.resources.bodies.forms.get(compare_name(mention.text))
        if body is None:
            return False
        text = self.texts.get(mention.unit, "")
        before, after = text[max(0, mention.start - 40) : mention.start], text[mention.end : mention.end + 40]
        if body.treaty:
            return not _SIGNED.search(before + " … " + after)
        return not backed or (is_acronym(mention.text) and body.kind in {"intergovernmental", "alliance", "court"})

    def _readings(
        self, instruments: Sequence[AgreementMention]
    ) -> tuple[dict[int, list[Reading]], list[tuple[str, str]]]:
        """Return the chosen readings by unit, and pairs of names that the article defines as one."""
        blocked: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for mention in instruments:
            if mention.named:
                blocked[mention.unit].append((mention.start, mention.end))
        raw = {unit.ordinal: [*self._of_model(doc), *self._of_lexicon(doc)] for unit, doc in self.pairs}
        first = {unit: choose(ones, blocked=blocked[unit]) for unit, ones in raw.items()}
        self._agree(first)
        pairs: list[tuple[str, str]] = []
        defined: dict[str, Reading] = {}
        for unit, ones in first.items():
            for one in [one for one in ones if one.label == "organization"]:
                pair = self._definition(unit, one)
                if pair is not None:
                    start, end = pair
                    ones.append(replace(one, start=start, end=end, source="definition", confidence=0.95))
                    name = self.texts[unit][start:end]
                    pairs.append((self.texts[unit][one.start : one.end], name))
                    defined[name] = ones[-1]
        for unit, ones in first.items():
            pairs += self._called(unit, [one for one in ones if one.label == "organization"])
        again = self._known_names(first, defined)
        heads = self._heads(again)
        final = {}
        for unit, ones in first.items():
            readings = [*ones, *_repeated(self.texts[unit], again), *_shortened(self.texts[unit], heads)]
            final[unit] = choose(readings, blocked=blocked[unit])
            events = [one for one in final[unit] if one.label == "event"]
            inner = [one for one in [*raw[unit], *readings] if one.label == "place" and _inside_any(one, events)]
            final[unit] = sorted([*final[unit], *choose(inner)], key=lambda one: (one.start, one.end))
        self._drop_guesses(final)
        return final, pairs

    def _called(self, unit: int, bodies: Sequence[Reading]) -> Iterator[tuple[str, str]]:
        """Yield names that the text says are one: "the Baltic Trade League, also called the Amber League"."""
        text = self.texts[unit]
        for one, other in itertools.pairwise(sorted(bodies, key=lambda one: one.start)):
            if _CALLED.fullmatch(text, one.end, other.start):
                yield text[one.start : one.end], text[other.start : other.end]

    def _drop_guesses(self, readings: dict[int, list[Reading]]) -> None:
        """A body that only the model sees, in a heading whose capitals prove nothing, has to stand in the text as well."""  # noqa: E501
        body = "\n".join(unit.text for unit, _ in self.pairs if unit.kind in {"sentence", "item"})
        for unit, _ in self.pairs:
            if unit.kind in {"title", "heading"}:
                readings[unit.ordinal] = [
                    one
                    for one in readings[unit.ordinal]
                    if one.label != "organization" or one.source != "model" or unit.text[one.start : one.end] in body
                ]

    def _definition(self, unit: int, one: Reading) -> tuple[int, int] | None:
        """The acronym, or the name, that stands in parentheses after a body."""
        text = self.texts[unit]
        pair = defined_pair(text, one.end)
        if pair is None:
            return None
        name, inside = text[one.start : one.end], text[pair[0] : pair[1]]
        if is_acronym(inside) and not is_acronym(name) and len(inside.split()) <= 2:
            return pair
        if is_acronym(name) and organizations.abbreviates(name, inside) and inside[:1].isupper():
            return pair
        return None

    def _of_model(self, doc: Doc) -> Iterator[Reading]:
        sure = doc.user_data.get("confidence", {})
        for entity in doc.ents:
            label = LABELS.get(entity.label_)
            if label is None:
                continue
            start, end = _trimmed(doc.text, entity.start_char, entity.end_char)
            if label == "organization":
                start, end = self._whole(doc.text, start, end)
            name = doc.text[start:end]
            if name.lower() not in {"", "the"} and any(map(str.isupper, name)):
                kind = entity.label_
                if label == "organization" and self.resources.gazetteer.code_of(name):
                    label, kind = "place", "GPE"
                if label in {"place", "organization"} and self.resources.gazetteer.is_people(name):
                    label, kind = "nationality", "NORP"
                if label == "organization" and _OPERATION.match(name):
                    label, kind = "event", "EVENT"
                if label == "organization" and _VESSEL.match(name):
                    continue
                confidence = sure.get((entity.label_, entity.start, entity.end), 0.5)
                yield Reading(
                    start, end, label, kind, "model", "recognize.read_by_model", self.parsed.model, confidence
                )

    def _whole(self, text: str, start: int, end: int) -> tuple[int, int]:
        """Mend the ends of a body: "Network of" goes on over the next capitals, "Council in Lima" ends at "in"."""
        if loose := _LOOSE_END.search(text, start, end):
            further = _CAPITALS.match(text, end)
            end = further.end() if further else loose.start()
        if (seat := _SEAT.search(text, start, end)) and compare_name(seat["town"]) in self.resources.gazetteer.capitals:
            end = seat.start()
        return start, end

    def _of_lexicon(self, doc: Doc) -> Iterator[Reading]:
        bodies, gazetteer = self.resources.bodies, self.resources.gazetteer
        surfaces = (("ORG", bodies.surfaces), ("GPE", gazetteer.surfaces))
        for match, start, end in _matcher(doc.vocab, surfaces)(doc):
            kind = doc.vocab.strings[match]
            span = doc[start:end]
            if kind == "GPE" and compare_name(span.text) in gazetteer.ambiguous:
                continue
            if kind == "GPE" and compare_name(span.text) in gazetteer.regions:
                kind = "LOC"
            if not any(map(str.isupper, span.text)) or (span.text == "US" and doc.text.isupper()):
                continue
            first, last = _trimmed(doc.text, span.start_char, span.end_char)
            yield Reading(first, last, LABELS[kind], kind, "lexicon", "recognize.read_lexicon", DETECTOR, 0.9)

    def _agree(self, readings: dict[int, list[Reading]]) -> None:
        """Give a name that the model read in two ways the reading with more weight in the article."""
        weight: dict[str, dict[tuple[MentionLabel, str], float]] = defaultdict(dict)
        for unit, ones in readings.items():
            for one in ones:
                seen = weight[self.texts[unit][one.start : one.end]]
                more = one.confidence + (10 if one.source == "lexicon" else 0)
                seen[one.label, one.kind] = seen.get((one.label, one.kind), 0.0) + more
        for unit, ones in readings.items():
            for at, one in enumerate(ones):
                seen = weight[self.texts[unit][one.start : one.end]]
                label, kind = max(seen, key=lambda reading: (seen[reading], reading))
                if label != one.label and one.source == "model":
                    ones[at] = replace(one, label=label, kind=kind, rule_id="recognize.agree_in_article")

    def _known_names(self, readings: dict[int, list[Reading]], defined: dict[str, Reading]) -> dict[str, Reading]:
        """Names to look for in the rest of the article: defined ones, and bodies and places read with confidence."""
        known = dict(defined)
        for unit, ones in readings.items():
            for one in ones:
                name = self.texts[unit][one.start : one.end]
                sure = one.source != "model" or one.confidence >= 0.8
                if one.label in {"organization", "place"} and sure and len(name) >= 3 and name.lower() != "the":
                    known.setdefault(name, one)
        return known

    def _heads(self, known: dict[str, Reading]) -> dict[str, Reading]:
        """The last words of bodies that no other body of the article shares: "the Network" can only be that one."""
        owners: dict[str, list[Reading]] = defaultdict(list)
        names = {name for name, one in known.items() if one.label == "organization" and " " in name}
        for name in names:
            if name.rsplit(" ", 1)[1][:1].isupper():
                owners[name.rsplit(" ", 1)[1]].append(known[name])
        every = Counter(word for name in names for word in set(name.split()))
        kind_of = self.resources.bodies.kinds.by_name
        return {
            word: some[0]
            for word, some in owners.items()
            if every[word] == 1 and word.isalpha() and not word.isupper() and kind_of(word) is not None
        }

    # Records ----------------------------------------------------------------------------------------------------

    def _mention(self, unit: int, one: Reading, record: int | None) -> Mention:
        text = self.texts[unit][one.start : one.end]
        return Mention(one.label, unit, one.start, one.end, text, record, one.rule_id, one.detector, one.confidence)

    def _organizations(
        self, readings: dict[int, list[Reading]], pairs: list[tuple[str, str]]
    ) -> tuple[tuple[Organization, ...], list[Mention]]:
        spots = [(unit, one) for unit, ones in readings.items() for one in ones if one.label == "organization"]
        names = [self.texts[unit][one.start : one.end] for unit, one in spots]
        bodies = self.resources.bodies
        groups = organizations.group(names, pairs, bodies)
        order = list(dict.fromkeys(groups[name] for name in names))
        members: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(names):
            members[groups[name]].append(at)
        records, mentions = [], []
        for record, key in enumerate(order):
            here = [names[at] for at in members[key]]
            name, acronym, aliases = organizations.full_name(here)
            known = bodies.known(here, surely=True)
            evidence = []
            for at in members[key]:
                unit, one = spots[at]
                mentions.append(self._mention(unit, one, record))
                evidence.append(Evidence(unit, one.start, one.end, one.rule_id, one.detector, one.confidence))
            places = [(self.texts[unit], one.start, one.end) for unit, one in (spots[at] for at in members[key])]
            kind = bodies.kind_of(here, places)
            canonical = None if known is None else compare_name(known.name)
            records.append(Organization(name, acronym, aliases, kind, tuple(evidence), canonical))
        return tuple(records), mentions

    def _places(self, readings: dict[int, list[Reading]]) -> tuple[tuple[Place, ...], list[Mention]]:
        gazetteer = self.resources.gazetteer
        members: dict[str, list[tuple[int, Reading, str]]] = defaultdict(list)
        for unit, ones in readings.items():
            for one in ones:
                if one.label == "place":
                    name = self.texts[unit][one.start : one.end]
                    members[gazetteer.code_of(name) or compare_name(name)].append((unit, one, name))
        records, mentions = [], []
        for record, spots in enumerate(members.values()):
            code = gazetteer.code_of(spots[0][2])
            forms = Counter(display_name(name) for _, _, name in spots)
            name = gazetteer.names[code] if code else max(forms, key=lambda form: (forms[form], form))
            kinds = Counter(gazetteer.kind_of(text, one.kind) for _, one, text in spots)
            aliases = tuple(sorted(form for form in forms if form != name))
            evidence = tuple(
                Evidence(unit, one.start, one.end, one.rule_id, one.detector, one.confidence) for unit, one, _ in spots
            )
            mentions += [self._mention(unit, one, record) for unit, one, _ in spots]
            records.append(Place(name, kinds.most_common(1)[0][0], code, aliases, evidence))
        return tuple(records), mentions

    def _dates(
        self, instruments: Sequence[AgreementMention], readings: dict[int, list[Reading]]
    ) -> tuple[tuple[DateRecord, ...], list[Mention]]:
        order = {unit.ordinal: at for at, (unit, _) in enumerate(self.pairs)}
        ordinals = list(order)
        masked = [(order[one.unit], one.start, one.end) for one in instruments if one.named and one.unit in order]
        for unit, ones in readings.items():
            masked += [(order[unit], one.start, one.end) for one in ones if one.label == "organization"]
        found = find_dates(
            [unit.text for unit, _ in self.pairs],
            published=self.parsed.article.published,
            grammar=self.resources.grammar,
            masked=masked,
        )
        members: dict[DateValue, list[DateMention]] = defaultdict(list)
        for one in found:
            members[one.value].append(one)
        records, mentions = [], []
        for record, spots in enumerate(members.values()):
            value = spots[0].value
            evidence = []
            for one in spots:
                unit = ordinals[one.unit]
                if not value.vague:  # "now" and "for years" are no particulars of a claim
                    mentions.append(
                        Mention(
                            "date", unit, one.start, one.end, one.text, record, one.rule_id, DETECTOR, one.confidence
                        )
                    )
                evidence.append(Evidence(unit, one.start, one.end, one.rule_id, DETECTOR, one.confidence))
                if one.anchor is not None:
                    evidence.append(
                        Evidence(
                            unit, one.start, one.end, one.rule_id, DETECTOR, one.confidence, "timex",
                            f"{value.timex} from {one.anchor}",
                        )
                    )  # fmt: skip
            records.append(
                DateRecord(
                    value.edtf, value.timex, value.type, value.earliest, value.latest, value.precision, value.modifier,
                    tuple(evidence),
                )
            )  # fmt: skip
        return tuple(records), mentions


def _inside_any(one: Reading, others: Sequence[Reading]) -> bool:
    return any(other.start <= one.start and one.end <= other.end for other in others)


def _entities(doc: Doc) -> list[tuple[str, int, int]]:
    """Return label, start and end (characters) of what the model reads: entities, and agreements of both layers."""
    spans = (*doc.ents, *doc.spans.get("agreements", ()))
    return [(span.label_, span.start_char, span.end_char) for span in spans]


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out a leading article and a trailing possessive or punctuation, but not the dot of "U.S."."""
    if (match := _LEADING.match(text, start, end)) and text[start : start + 9] not in {"The Hague", "The Gambi"}:
        start = match.end()
    while start < end and (match := _TRAILING.search(text, start, end)):
        if match.group() == "." and text[end - 2 : end - 1].isupper():
            break
        end = match.start()
    return start, end


def _shortened(text: str, heads: dict[str, Reading]) -> Iterator[Reading]:
    """Yield "the Network" in the text, where such a short form is told from a common noun by its capital."""
    for word, one in heads.items():
        for match in re.finditer(rf"\b[Tt]he (?P<word>{re.escape(word)})\b(?! [A-Z]|[-–])", text):
            start, end = match.span("word")
            yield replace(one, start=start, end=end, source="repeated", rule_id="recognize.shorten_in_article")


def _repeated(text: str, known: dict[str, Reading]) -> Iterator[Reading]:
    for name, one in known.items():
        at = text.find(name)
        while at >= 0:
            end = at + len(name)
            before, after = text[at - 1 : at], text[end : end + 1]
            if not (before.isalnum() or after.isalnum() or (before in {"-", "&"} and before)):
                yield replace(one, start=at, end=end, source="repeated", rule_id="recognize.repeat_in_article")
            at = text.find(name, end)
