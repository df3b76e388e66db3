"""Claims: which frames assert the same, and which contradict each other. No frame is held against all others: blocks
bring together what has one sense and the same names, or says one thing of one record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from pipeline.dedupe.clusters import Clusters, Link, cluster
from pipeline.dedupe.compare import compare_facts, compare_words, ids, nested, same_fact, vetoes
from pipeline.dedupe.frames import Frame, Interval
from pipeline.dedupe.policy import Policy
from pipeline.judgements import Judgement

_LARGE_BLOCK = 60
Contrary = tuple[Frame, Frame, str]


@dataclass(frozen=True, slots=True)
class Compared:
    """The clusters, and the pairs that are alike but for one thing that contradicts."""

    clusters: Clusters
    contrary: tuple[Contrary, ...]


def resolve_claims(frames: Mapping[str, Frame], *, policy: Policy, judgements: Sequence[Judgement]) -> Compared:
    """Join frames that assert the same; note those that contradict each other."""
    ordered = [frames[form] for form in sorted(frames)]
    links, contrary = _by_words(ordered, policy)
    links.extend(_by_facts(ordered, policy))
    contrary.extend((*_at_two_dates(ordered), *_two_counts(ordered), *_denied(ordered)))
    unsure = _unsure(links, frames)
    kept = [link for link in links if link.first not in unsure and link.second not in unsure]

    def allowed(some: frozenset[str], others: frozenset[str]) -> bool:
        pairs = ((frames[a], frames[b]) for a in some for b in others)
        return all(same_fact(*pair, policy.facts) or not vetoes(*pair, policy.claims.never) for pair in pairs)

    clusters = cluster("claims", dict.fromkeys(frames, 0), kept, judgements=judgements, allowed=allowed)
    return Compared(clusters, tuple(contrary))


def _by_words(frames: Sequence[Frame], policy: Policy) -> tuple[list[Link], list[Contrary]]:
    links: list[Link] = []
    contrary: list[Contrary] = []
    for one, other in _of_same_names(frames):
        value, detail = compare_words(one, other, policy.claims)
        if value < policy.claims.merge:
            continue
        against = vetoes(one, other, policy.claims.never)
        if not against:
            links.append(Link.of(one.form_id, other.form_id, value, detail))
        elif len(against) == 1:
            contrary.append((one, other, next(iter(against))))
    return links, contrary


def _by_facts(frames: Sequence[Frame], policy: Policy) -> Iterator[Link]:
    for one, other in _of_one_record(frames):
        if (detail := same_fact(one, other, policy.facts)) is not None:
            value, _ = compare_facts(one, other, policy.facts)
            yield Link.of(one.form_id, other.form_id, value, detail)


# Blocks --------------------------------------------------------------------------------------------------------------


def _pairs(block: Sequence[Frame]) -> Iterable[tuple[Frame, Frame]]:
    return combinations(block, 2) if len(block) <= _LARGE_BLOCK else pairwise(block)


def _of_same_names(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """Yield the pairs of one sense and the same names; in large blocks those of nearly the same words."""
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
            for one, other in _pairs(some):
                if one.form_id != other.form_id and (one.form_id, other.form_id) not in met:
                    met.add((one.form_id, other.form_id))
                    yield one, other


def _of_one_record(frames: Sequence[Frame]) -> Iterator[tuple[Frame, Frame]]:
    """Yield the pairs that say a fact of one record, in one year or place, with one number, or done by the same."""
    blocks: dict[tuple[str, str, Hashable], list[Frame]] = defaultdict(list)
    for frame in frames:
        group = frame.group
        if group is None or frame.patient is None or frame.loose:
            continue
        keys: set[Hashable] = set()
        if group.one_place:
            keys |= frame.places
        elif frame.count is not None:
            keys.add(frame.count)
        elif group.once:
            keys |= {day.year for period in frame.dates for day in period}
            if frame.doers:
                keys.add(frame.doers)
        for key in keys:
            blocks[frame.sense, frame.patient, key].append(frame)
    for some in blocks.values():
        yield from _pairs(some)


# Contradictions ------------------------------------------------------------------------------------------------------


def _at_two_dates(frames: Sequence[Frame]) -> Iterator[Contrary]:
    """Yield what happens once to one record, said with two dates, in whatever other words."""
    events: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for frame in frames:
        once = frame.group is not None and frame.group.once and len(frame.dates) == 1
        if once and frame.patient is not None and not (frame.loose or frame.weak):
            events[frame.sense, frame.patient].append(frame)
    for some in events.values():
        for one, other in _pairs(some):
            mine, others = ids(one.doers), ids(other.doers)
            by_each = one.group is not None and one.group.by_each
            if mine == others or not (by_each or (mine and others)):
                yield one, other, "different_dates"


def _two_counts(frames: Sequence[Frame]) -> Iterator[Contrary]:
    """Yield two numbers of members of one record, said of the same time."""
    counted: dict[tuple[str, str, frozenset[Interval]], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.count is not None and frame.patient is not None and not frame.loose:
            counted[frame.sense, frame.patient, frame.dates].append(frame)
    for some in counted.values():
        yield from ((one, other, "different_numbers") for one, other in _pairs(some) if one.count != other.count)


def _denied(frames: Sequence[Frame]) -> Iterator[Contrary]:
    """Yield what somebody is said never to have done to a record, and to have done."""
    deeds: dict[tuple[str, str, frozenset[str]], list[Frame]] = defaultdict(list)
    for frame in frames:
        if frame.patient is not None and ids(frame.doers) and not frame.loose:
            deeds[frame.sense, frame.patient, ids(frame.doers)].append(frame)
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
