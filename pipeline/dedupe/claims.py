"""Claims: propositions as frames (sense, who, whom, names, numbers, dates), and when two frames assert the same."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from typing import Any

from pipeline.dedupe.clusters import Clusters, Link, cluster
from pipeline.dedupe.policy import ClaimFeature, ClaimPolicy, ConflictPolicy, Policy, Sense, Synonyms
from pipeline.ids import PREFIXES, stable_id
from pipeline.judgements import Judgement
from pipeline.names import compare_name

Span = tuple[str, str]  # words in the role, the record they name
Interval = tuple[date, date]
_TOKEN = re.compile(r"@\w+|\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|\w+")
_PRONOUN = re.compile(
    r"(?:it|they|he|she|we|this|that|these|those|both|such|its|their|his|her|who|which|one|some)\b", re.I
)
_DEFINITE = re.compile(r"the\s+[a-z]", re.I)
_PASSIVE = re.compile(r"\b(?:is|are|was|were|be|been|being)\b.*\b\w+(?:ed|en|[^aeiou]t|ne|wn|ng|un|ld|de)$", re.I)
_PARTICLES = frozenset({"up", "out", "off", "down", "place"})
_BARE_PARTICIPLES = frozenset(
    {"founded", "established", "created", "formed", "signed", "adopted", "launched", "set up"}
)
_BY = re.compile(r"\bby\b", re.I)
_STOP = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "for",
        "and",
        "on",
        "by",
        "at",
        "as",
        "with",
        "from",
        "into",
        "its",
        "their",
        "his",
        "her",
        "that",
        "which",
        "this",
        "these",
        "it",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "has",
        "have",
        "had",
        "also",
        "s",
        "between",
        "among",
        "today",
        "now",
        "currently",
        "under",
        "during",
        "within",
        "who",
    ]
)
_NUMBER_WORDS = {
    word: float(value)
    for value, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ]
    )
} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0}
_LARGE_BLOCK = 60


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the word it counts; `low` and `high` are what it may mean."""

    low: float
    high: float
    unit: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One form of a proposition, names resolved: ids of records begin with @."""

    form_id: str
    sense: str
    subject: frozenset[str]
    object: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[Quantity]
    dates: frozenset[Interval]
    polarity: str
    modality: str
    attribution: str | None
    loose: bool  # the subject is a pronoun or a definite description that nothing resolves
    tense: str | None
    patient: str | None  # the one record it is done to, where that is clear
    agents: frozenset[str]  # records that do it; empty where nobody is named
    doers: frozenset[str]  # the same with names that are no records
    places: frozenset[str]  # where
    weak: bool  # said in words that support a date and do not exclude another: "began its work in 1957"


def form_of(row: Mapping[str, Any], sha256: str) -> str:
    """Return the form id of a local claim, made from its words; unresolved pronouns stay within their article."""
    own = [None if row[role] is None else compare_name(row[role]) for role in ("subject", "predicate", "object")]
    words = own if any(own) else [compare_name(row["text"])]
    said = None if row["attribution"] is None else compare_name(row["attribution"])
    resolved = None if row["subject_resolved"] is None else compare_name(row["subject_resolved"])
    where = sha256 if is_loose(row) else None
    return stable_id("claims", *words, row["polarity"], row["modality"], said, resolved, where)


def is_loose(row: Mapping[str, Any]) -> bool:
    """Tell whether the subject is a pronoun, or "the …" in lower case, that stands for something said before."""
    subject = row["subject"]
    if subject is None or row["subject_resolved"] is not None:
        return False
    return _PRONOUN.match(subject) is not None or (
        _DEFINITE.match(subject) is not None and not any(map(str.isupper, subject[1:]))
    )


def frame_of(
    form_id: str,
    row: Mapping[str, Any],
    spans: Mapping[str, Sequence[Span]],
    *,
    dates: frozenset[Interval],
    resolved: str | None,
    policy: Policy,
) -> Frame:
    """Read a local claim as a frame.

    Args:
        spans: role → names and dates in it; what stands there is the id of the record, "" for a date.
        resolved: id of the record that the subject stands for, where it is a pronoun.
    """
    subject = (
        row["subject_resolved"] if row["subject_resolved"] else _replaced(row["subject"], spans.get("subject", ()))
    )
    if resolved:
        owned = re.match(r"(?:its|their)\s+(.+)", row["subject"] or "", re.I)
        subject = f"@{resolved} {owned[1]}" if owned else f"@{resolved}"
    object_ = _replaced(row["object"], spans.get("object", ()))
    predicate = row["predicate"] or ""
    sense, extra, turned = _sense(row["predicate_lemma"] or predicate, predicate, row["object"] or "", policy.synonyms)
    phrase = policy.synonyms.phrase_of(f"{predicate} {row['object'] or ''}")
    group = policy.synonyms.by_sense.get(sense if phrase is None else phrase.sense)
    patient = _leading_id(object_)
    if phrase is not None:
        sense, turned, patient = phrase.sense, False, _leading_id(subject)
        extra = frozenset(_stem(word, policy.synonyms) for word in policy.synonyms.words_of(phrase))
        if phrase.not_for and re.search(r"\bfor\b", object_):  # "in force for Norland": once for each
            patient = None
        patient = patient or _owner(subject, frozenset({"history", "origin", "origins", "roots"}))
    elif (deed := _deed(subject, sense, object_, policy.synonyms)) is not None:
        group, patient, rest = deed
        sense, subject, object_ = group.sense, "", f"@{patient} {rest} {object_}"
    elif (seat := _owner(subject, policy.synonyms.seats)) and f"@{PREFIXES['places']}_" in object_:
        sense, patient = "seat", seat
        group = policy.synonyms.by_sense[sense]
    elif group is not None and group.one_place:
        patient = _leading_id(subject)
    elif _is_passive(predicate, row["predicate_lemma"], object_):
        patient = _leading_id(subject)
        parts = _BY.split(object_, maxsplit=1)
        subject, object_ = (parts[1], f"{subject} {parts[0]}") if len(parts) == 2 else ("", f"{subject} {object_}")
    if turned:
        subject, object_ = object_, _turned(subject, group)
        patient = None
    said_numbers = (*quantities(subject, policy.conflicts), *quantities(object_, policy.conflicts))
    numbers = frozenset(replace(one, unit=_stem(one.unit, policy.synonyms)) for one in said_numbers)
    agents = _ids(_words(subject, policy.synonyms))
    who, whom = _words(subject, policy.synonyms), _words(object_, policy.synonyms) - extra
    if group is not None and group.either_way:
        who, whom = frozenset(), who | whom
    names = frozenset((*_names(subject), *_names(object_)))
    said = None if row["attribution"] is None else compare_name(row["attribution"])
    tense = _tense(predicate, policy.synonyms)
    return Frame(
        form_id,
        sense,
        who,
        whom,
        names,
        numbers,
        dates,
        row["polarity"],
        row["modality"],
        said,
        is_loose(row),
        tense,
        patient,
        agents if phrase is None else frozenset(),
        frozenset(_names(subject)) if phrase is None else frozenset(),
        frozenset(name for name in names if name.startswith(f"@{PREFIXES['places']}_")),
        phrase is not None and phrase.weak,
    )


def _tense(predicate: str, synonyms: Synonyms) -> str | None:
    first = predicate.lower().split()[0] if predicate else ""
    if first in {"is", "are", "has", "have", "does", "do"}:
        return "present"
    if first in {"was", "were", "did"} or first in synonyms.irregular or first.endswith("ed"):
        return "past"
    return "present" if first.endswith("s") else None


def _is_passive(predicate: str, lemma: str | None, object_: str) -> bool:
    """Tell whether the subject suffers; a lone participle ("founded in 1957") is passive before a preposition."""
    if lemma == "be":
        return False
    return _PASSIVE.search(predicate) is not None or (
        predicate.lower() in _BARE_PARTICIPLES
        and re.match(r"\s*(?:in|on|by|at|under|with|during|$)\b|\s*$", object_) is not None
    )


def _owner(text: str, nouns: frozenset[str]) -> str | None:
    """Return the record in "the seat of the @record", where the noun is one of `nouns`."""
    match = re.match(r"\s*(?:the\s+)?(\w+) of\s+(?:the\s+)?@(\w+)", text, re.I)
    return match[2] if match is not None and match[1].lower() in nouns else None


def _turned(text: str, group: Sense | None) -> str:
    """Name what stands in the subject of a converse verb as the object of the others would: states are members."""
    for word, other in sorted(group.turned_words.items()) if group is not None else ():
        text = re.sub(rf"\b{word}\b", other, text, flags=re.I)
    return text


def _deed(subject: str, sense: str, object_: str, synonyms: Synonyms) -> tuple[Sense, str, str] | None:
    """Return the sense, the record and the rest of "the signing of the @record", where a verb says that it occurred.

    Nothing where the record is a part of a longer name ("of the @record office"), or somebody is named as the doer.
    """
    group = synonyms.by_sense.get(sense) or synonyms.of_verb.get(" ".join([sense, *object_.split()[:1]]))
    match = re.fullmatch(r"\s*(?:the\s+)?(\w[\w ]*?) of\s+(?:the\s+)?@(\w+)\s*((?:in|on|at)\b.*)?", subject, re.I)
    found = None if match is None else synonyms.of_noun.get(match[1].lower())
    if group is None or not group.of_deeds or match is None or found is None or not found.once:
        return None
    rest = match[3] or ""
    return None if _BY.search(f"{rest} {object_}") else (found, match[2], rest)


def _leading_id(text: str) -> str | None:
    match = re.match(r"\s*(?:the\s+)?@(\w+)(?!\s*['’])", text, re.I)
    return None if match is None else match[1]


def _replaced(text: str | None, spans: Sequence[Span]) -> str:
    """Put ids in the place of names, longest first, and blanks in that of dates. Words, not places, are looked for:
    a role may leave out a stretch of its sentence."""
    if text is None:
        return ""
    for words, what in sorted(set(spans), key=lambda span: (-len(span[0]), span)):
        text = re.sub(rf"(?<![\w@]){re.escape(words)}(?!\w)", f" @{what} " if what else " ", text)
    return text


def _sense(lemma: str, predicate: str, object_: str, synonyms: Synonyms) -> tuple[str, frozenset[str], bool]:
    words = predicate.lower().split()
    verb = words[-2] if len(words) > 1 and words[-1] in _PARTICLES else words[-1] if words else ""
    lemma = synonyms.lemma_of.get(verb, lemma.lower())
    if len(words) > 1 and words[-1] in _PARTICLES:
        lemma = lemma if lemma.endswith(words[-1]) else f"{lemma} {words[-1]}"
    if lemma in synonyms.light_verbs:
        for token in _TOKEN.findall(object_)[:4]:
            if (group := synonyms.of_noun.get(token.lower())) is not None:
                return group.sense, frozenset([_stem(token.lower(), synonyms)]), False
    group = synonyms.of_verb.get(lemma)
    if group is None:
        return lemma, frozenset(), False
    return group.sense, frozenset(), lemma in group.converse


def _stem(word: str, synonyms: Synonyms) -> str:
    if word.startswith("@"):
        return word
    word = re.sub(r"['’]s?$", "", word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return synonyms.of_word.get(word, word)


def _words(text: str, synonyms: Synonyms) -> frozenset[str]:
    text = re.sub(r"\bmember (?:state|countrie|country|nation)s?\b", "members", text, flags=re.I)
    return frozenset(
        _stem(token.lower() if token[0] != "@" else token, synonyms)
        for token in _TOKEN.findall(text)
        if token.lower() not in _STOP and not token[0].isdigit() and token.lower() not in _NUMBER_WORDS
    )


def _names(text: str) -> Iterator[str]:
    """Yield ids and the capitalized words beside them; a first word counts where a capitalized one follows."""
    tokens = _TOKEN.findall(text)
    for i, token in enumerate(tokens):
        if token[0] == "@":
            yield token
        elif token[0].isupper() and token.lower() not in _STOP and token.lower() not in _NUMBER_WORDS:
            following = tokens[i + 1][0].isupper() if i + 1 < len(tokens) else False
            if i or following or token.isupper():
                yield token.lower()


def quantities(text: str, policy: ConflictPolicy) -> Iterator[Quantity]:
    """Yield the numbers of a text, each with the word that follows; "more than 30" has no upper bound."""
    tokens = list(_TOKEN.finditer(text))
    for i, match in enumerate(tokens):
        token = match[0].lower()
        value = _NUMBER_WORDS.get(token)
        if value is None and token[0].isdigit() and (plain := re.fullmatch(r"[\d.]+", token.replace(",", ""))):
            value = float(plain[0].strip(".")) if plain[0].count(".") < 2 else None
        if value is None:
            if token[0].isdigit():
                yield Quantity(0, 0, token)
            continue
        unit = tokens[i + 1][0].lower() if i + 1 < len(tokens) else ""
        before = text[max(0, match.start() - 20) : match.start()].lower().rstrip()
        low = high = value
        if before.endswith(policy.at_least):
            high = float("inf")
        elif before.endswith(policy.at_most):
            low = float("-inf")
        elif before.endswith(policy.about):
            low, high = value * (1 - policy.about_share), value * (1 + policy.about_share)
        yield Quantity(low, high, unit.rstrip("s"))


# Two frames ---------------------------------------------------------------------------------------------------------


def nested(one: frozenset[Interval], other: frozenset[Interval]) -> bool:
    """Tell whether two sets of dates may be the same: each lies within one of the other side, or holds it."""
    if len(one) != len(other):
        return False

    def within(a: Interval, b: Interval) -> bool:
        return (b[0] <= a[0] and a[1] <= b[1]) or (a[0] <= b[0] and b[1] <= a[1])

    return all(any(within(a, b) for b in other) for a in one) and all(any(within(a, b) for a in one) for b in other)


def vetoes(one: Frame, other: Frame) -> frozenset[str]:
    """Return what forbids that two frames are one claim."""
    tests = {
        "different_sense": one.sense != other.sense,
        "different_names": one.names != other.names,
        "different_numbers": one.numbers != other.numbers,
        "different_dates": not nested(one.dates, other.dates),
        "different_polarity": one.polarity != other.polarity,
        "different_modality": one.modality != other.modality,
        "different_attribution": one.attribution != other.attribution,
        "different_direction": _ids(one.subject) != _ids(other.subject),
        "unresolved_pronoun": one.loose or other.loose,
        "no_name": not (one.names and other.names),
    }
    return frozenset(name for name, holds in tests.items() if holds)


def same_event(one: Frame, other: Frame, synonyms: Synonyms) -> bool:
    """Tell whether two frames assert the same of one record, whatever else each adds to it.

    For what happens once: when it happened. For where somebody has its seat: the place. Whoever does it, the numbers
    and the places must not differ where both frames name them.
    """
    group = synonyms.by_sense.get(one.sense)
    if group is None or one.sense != other.sense or one.patient is None or one.patient != other.patient:
        return False
    alike = (one.polarity, one.modality, one.attribution) == (other.polarity, other.modality, other.attribution)
    if not alike or one.loose or other.loose or not nested(one.dates, other.dates):
        return False
    if not (one.places <= other.places or other.places <= one.places):
        return False
    if group.one_place:
        return bool(one.places and other.places)
    doers = one.doers == other.doers or not (group.by_each or (one.doers and other.doers))
    counted, others = {q.unit: q for q in one.numbers}, {q.unit: q for q in other.numbers}
    numbers = all(counted[unit] == others[unit] for unit in counted.keys() & others.keys())
    when = len(one.dates) == 1 or (group.by_each and bool(one.doers) and not one.dates)
    return group.once and when and doers and numbers


def _ids(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if word[0] == "@")


def features(one: Frame, other: Frame) -> dict[ClaimFeature, float]:
    """Return how far each feature holds, 0 to 1."""
    a, b = one.subject | one.object, other.subject | other.object
    return {
        "same_subject": _share(one.subject, other.subject),
        "same_object": _share(one.object, other.object),
        "same_words": _share(a, b),
        "extra_words": len(a ^ b) / max(len(a | b), 1) if not (a - b and b - a) else 0.0,
        "replaced_words": 1.0 if a - b and b - a else 0.0,
    }


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def score(one: Frame, other: Frame, policy: ClaimPolicy) -> tuple[float, str]:
    """Return how much two frames are alike, and the features that say so."""
    found = features(one, other)
    total = sum(policy.weights[name] * value for name, value in found.items())
    return total, ", ".join(f"{name} {policy.weights[name] * value:+.2f}" for name, value in found.items() if value)


def candidates(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """Yield the pairs worth comparing: one sense, the same names; in large blocks those of nearly the same words."""
    blocks: dict[tuple[str, frozenset[str]], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.names and not frame.loose:
            blocks[frame.sense, frame.names].append(frame)
    for block in blocks.values():
        if len(block) <= _LARGE_BLOCK:
            yield from combinations(block, 2)
            continue
        smaller: dict[frozenset[str], list[Frame]] = defaultdict(list)
        for frame in block:
            words = frame.subject | frame.object
            smaller[words].append(frame)
            for word in sorted(words):  # a frame with one word more meets those that lack it
                smaller[words - {word}].append(frame)
        met: set[tuple[str, str]] = set()
        for some in smaller.values():
            for one, other in combinations(some, 2) if len(some) <= _LARGE_BLOCK else pairwise(some):
                if one.form_id != other.form_id and (one.form_id, other.form_id) not in met:
                    met.add((one.form_id, other.form_id))
                    yield one, other


@dataclass(frozen=True, slots=True)
class Compared:
    """The clusters, and the pairs that are alike but for one thing that contradicts."""

    clusters: Clusters
    contrary: tuple[tuple[Frame, Frame, str], ...]


def resolve_claims(frames: Mapping[str, Frame], *, policy: Policy, judgements: Sequence[Judgement]) -> Compared:
    """Join frames that assert the same; note those that contradict each other."""
    links: list[Link] = []
    contrary: list[tuple[Frame, Frame, str]] = []
    ordered = [frames[form] for form in sorted(frames)]
    for one, other in candidates(ordered):
        against = vetoes(one, other)
        value, detail = score(one, other, policy.claims)
        if value < policy.claims.merge:
            continue
        if not against & policy.claims.never:
            links.append(Link.of(one.form_id, other.form_id, value, detail))
        elif len(against) == 1:
            contrary.append((one, other, next(iter(against))))
    for one, other in _of_one_record(ordered, policy.synonyms):
        if same_event(one, other, policy.synonyms):
            detail = f"same_event {policy.claims.weights['same_event']:+.2f} ({one.sense})"
            links.append(Link.of(one.form_id, other.form_id, policy.claims.weights["same_event"], detail))
    contrary.extend((*_at_two_dates(ordered, policy.synonyms), *_denied(ordered)))
    unsure = _unsure(links, frames)
    kept = [link for link in links if link.first not in unsure and link.second not in unsure]

    def allowed(some: frozenset[str], others: frozenset[str]) -> bool:
        pairs = ((frames[a], frames[b]) for a in some for b in others)
        return all(same_event(*pair, policy.synonyms) or not vetoes(*pair) & policy.claims.never for pair in pairs)

    clusters = cluster("claims", dict.fromkeys(frames, 0), kept, judgements=judgements, allowed=allowed)
    return Compared(clusters, tuple(contrary))


def _of_one_record(frames: Sequence[Frame], synonyms: Synonyms) -> Iterator[tuple[Frame, Frame]]:
    """Yield the pairs that say of one record what happens once, or where it sits, in one year or place."""
    blocks: dict[tuple[str, str, Hashable], list[Frame]] = defaultdict(list)
    for frame in frames:
        group = synonyms.by_sense.get(frame.sense)
        if group is None or frame.patient is None or frame.loose:
            continue
        if group.one_place:
            for place in frame.places:
                blocks[frame.sense, frame.patient, place].append(frame)
        elif group.once and group.by_each and not frame.dates:
            blocks[frame.sense, frame.patient, frame.doers].append(frame)
        elif group.once and len(frame.dates) == 1:
            ((first, last),) = frame.dates
            for year in {first.year, last.year}:
                blocks[frame.sense, frame.patient, year].append(frame)
    for some in blocks.values():
        yield from combinations(some, 2) if len(some) <= _LARGE_BLOCK else pairwise(some)


def _at_two_dates(frames: Sequence[Frame], synonyms: Synonyms) -> Iterator[tuple[Frame, Frame, str]]:
    """Yield what happens once to one record, said with two dates, in whatever other words."""
    events: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in frames:
        group = synonyms.by_sense.get(frame.sense)
        if (
            group is not None
            and group.once
            and frame.patient is not None
            and len(frame.dates) == 1
            and not (frame.loose or frame.weak)
        ):
            events[frame.sense, frame.patient].append(frame)
    for some in events.values():
        for one, other in combinations(some, 2) if len(some) <= _LARGE_BLOCK else pairwise(some):
            named = one.agents and other.agents
            if one.agents == other.agents or not (named or synonyms.by_sense[one.sense].by_each):
                yield one, other, "different_dates"


def _denied(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame, str]]:
    """Yield what somebody is said never to have done to a record, and to have done."""
    deeds: dict[tuple[str, str, frozenset[str]], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.patient is not None and frame.agents and not frame.loose:
            deeds[frame.sense, frame.patient, frame.agents].append(frame)
    for some in deeds.values():
        never = [f for f in some if f.polarity == "negated" and not f.dates and f.object == {f"@{f.patient}"}]
        yield from (
            (one, other, "different_polarity") for one in never for other in some if other.polarity == "affirmed"
        )


def _unsure(links: Sequence[Link], frames: Mapping[str, Frame]) -> set[str]:
    """Return the forms that fit two others which exclude each other: "in 2007" between two days of that year."""
    beside: dict[str, set[frozenset[Interval]]] = defaultdict(set)
    for link in links:
        beside[link.first].add(frames[link.second].dates)
        beside[link.second].add(frames[link.first].dates)
    return {form for form, dates in beside.items() if any(not nested(a, b) for a, b in combinations(dates, 2))}
