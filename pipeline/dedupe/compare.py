"""Two frames: the features that speak for one claim, and what forbids it. Weights and vetoes stand in rules/policy.yml.

Two ways lead to one claim. The words of both are the same but for a few (`WORDS`); or both say of one record what
happens to it once, where it sits or how many members it has (`FACTS`), whatever else each adds. Every feature is a pure
function of two frames that returns how far it holds, 0 to 1, and what it saw.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple, TypeVar

from pipeline.dedupe.frames import Frame, Interval
from pipeline.dedupe.policy import ClaimVeto, FactFeature, FactPolicy, WordFeature, WordPolicy

Name = TypeVar("Name", bound=str)


class Found(NamedTuple):
    """How far a feature holds, and what it saw."""

    value: float
    detail: str = ""


# Words ---------------------------------------------------------------------------------------------------------------


def same_subject(one: Frame, other: Frame) -> Found:
    """Who does it, through aliases, passive and active."""
    return Found(_share(one.subject, other.subject))


def same_object(one: Frame, other: Frame) -> Found:
    """Whom or what it is done to."""
    return Found(_share(one.object, other.object))


def same_words(one: Frame, other: Frame) -> Found:
    """The share of all words that stand on both sides."""
    return Found(_share(_all(one), _all(other)))


def extra_words(one: Frame, other: Frame) -> Found:
    """The share of the words that one side adds to the other."""
    a, b = _all(one), _all(other)
    added = a ^ b
    return Found(len(added) / len(a | b), _listed(added)) if added and not (a - b and b - a) else Found(0.0)


def replaced_words(one: Frame, other: Frame) -> Found:
    """Whether each side has words that the other lacks: "northern" for "southern"."""
    a, b = _all(one), _all(other)
    return Found(1.0, f"{_listed(a - b)} for {_listed(b - a)}") if a - b and b - a else Found(0.0)


WORDS: Mapping[WordFeature, Callable[[Frame, Frame], Found]] = {
    "same_subject": same_subject,
    "same_object": same_object,
    "same_words": same_words,
    "extra_words": extra_words,
    "replaced_words": replaced_words,
}


# Facts ---------------------------------------------------------------------------------------------------------------


def same_record(one: Frame, other: Frame) -> Found:
    """The same is said of one record, and it is such that it holds once: a founding, a seat, a number of members."""
    fact = one.group is not None and (one.group.once or one.group.one_place or bool(one.group.one_count))
    same = fact and one.sense == other.sense and one.patient is not None and one.patient == other.patient
    return Found(1.0, f"{one.sense} of {one.patient}") if same else Found(0.0)


def same_time(one: Frame, other: Frame) -> Found:
    """It happens once, and each side gives one date, one within the other."""
    once = one.group is not None and one.group.once and len(one.dates) == len(other.dates) == 1
    if not once or not nested(one.dates, other.dates):
        return Found(0.0)
    return Found(1.0, " / ".join(sorted({shown(period) for period in one.dates | other.dates})))


def same_place(one: Frame, other: Frame) -> Found:
    """It is in one place, and both name it."""
    both = one.places & other.places
    return Found(1.0, _listed(both)) if both and one.group is not None and one.group.one_place else Found(0.0)


def same_count(one: Frame, other: Frame) -> Found:
    """Both give the same number of members and the like."""
    return Found(1.0, str(one.count)) if one.count is not None and one.count == other.count else Found(0.0)


def same_doers(one: Frame, other: Frame) -> Found:
    """It happens once, and the same are named who do it."""
    same = one.group is not None and one.group.once and one.doers == other.doers
    return Found(1.0, _listed(one.doers)) if same and one.doers else Found(0.0)


FACTS: Mapping[FactFeature, Callable[[Frame, Frame], Found]] = {
    "same_record": same_record,
    "same_time": same_time,
    "same_place": same_place,
    "same_count": same_count,
    "same_doers": same_doers,
}


# Vetoes --------------------------------------------------------------------------------------------------------------


def _doers_differ(one: Frame, other: Frame) -> bool:
    """Those who do it differ where both name somebody; where each does it for himself, also where one names nobody."""
    each = one.group is not None and one.group.by_each
    return one.doers != other.doers and (each or bool(one.doers and other.doers))


def _counts_differ(one: Frame, other: Frame) -> bool:
    mine, others = {q.unit: q for q in one.numbers}, {q.unit: q for q in other.numbers}
    return any(mine[unit] != others[unit] for unit in mine.keys() & others.keys())


def _names_whom(frame: Frame) -> bool:
    """Tell whether somebody or something is named, not only where: "a technical body based in Geneva" may be any."""
    mutual = frame.group is not None and frame.group.either_way and not frame.group.one_place
    return bool(frame.names if mutual else (frame.names - frame.places) | (frame.subject & frame.places))


VETOES: Mapping[ClaimVeto, Callable[[Frame, Frame], bool]] = {
    "different_sense": lambda one, other: one.sense != other.sense,
    "different_names": lambda one, other: one.names != other.names,
    "different_numbers": lambda one, other: one.numbers != other.numbers,
    "different_counts": _counts_differ,
    "different_dates": lambda one, other: not nested(one.dates, other.dates),
    "different_doers": _doers_differ,
    "different_places": lambda one, other: not (one.places <= other.places or other.places <= one.places),
    "different_polarity": lambda one, other: one.polarity != other.polarity,
    "different_modality": lambda one, other: one.modality != other.modality,
    "different_attribution": lambda one, other: one.attribution != other.attribution,
    "different_direction": lambda one, other: ids(one.subject) != ids(other.subject),
    "unresolved_pronoun": lambda one, other: one.loose or other.loose,
    "no_name": lambda one, other: not (_names_whom(one) and _names_whom(other)),
}


def vetoes(one: Frame, other: Frame, never: frozenset[ClaimVeto]) -> frozenset[ClaimVeto]:
    """Return what of `never` forbids that two frames are one claim."""
    return frozenset(veto for veto in never if VETOES[veto](one, other))


def compare_words(one: Frame, other: Frame, policy: WordPolicy) -> tuple[float, str]:
    """Return how much the words of two frames are alike, and the features that say so."""
    return _weighed({name: feature(one, other) for name, feature in WORDS.items()}, policy.weights)


def compare_facts(one: Frame, other: Frame, policy: FactPolicy) -> tuple[float, str]:
    """Return how much speaks for two frames being the same fact about one record, and what."""
    return _weighed({name: feature(one, other) for name, feature in FACTS.items()}, policy.weights)


def same_fact(one: Frame, other: Frame, policy: FactPolicy) -> str | None:
    """Return why two frames are the same fact about one record; None where they are not."""
    value, detail = compare_facts(one, other, policy)
    return detail if value >= policy.merge and not vetoes(one, other, policy.never) else None


def _weighed(found: Mapping[Name, Found], weights: Mapping[Name, float]) -> tuple[float, str]:
    total = sum(weights[name] * one.value for name, one in found.items())
    said = (
        f"{name} {weights[name] * one.value:+.2f}" + (f" ({one.detail})" if one.detail else "")
        for name, one in found.items()
        if one.value
    )
    return total, ", ".join(said)


# Parts ---------------------------------------------------------------------------------------------------------------


def nested(one: frozenset[Interval], other: frozenset[Interval]) -> bool:
    """Tell whether two sets of dates may be the same: each lies within one of the other side, or holds it."""
    if len(one) != len(other):
        return False

    def within(a: Interval, b: Interval) -> bool:
        return (b[0] <= a[0] and a[1] <= b[1]) or (a[0] <= b[0] and b[1] <= a[1])

    return all(any(within(a, b) for b in other) for a in one) and all(any(within(a, b) for a in one) for b in other)


def disjoint(one: Interval, other: Interval) -> bool:
    """Tell whether two periods have no day in common."""
    return one[1] < other[0] or other[1] < one[0]


def shown(period: Interval) -> str:
    """Return a period as a year, a day, or two days."""
    first, last = period
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return f"{first.year:04d}"
    return first.isoformat() if first == last else f"{first.isoformat()}/{last.isoformat()}"


def ids(words: frozenset[str]) -> frozenset[str]:
    """Return the ids of records among words."""
    return frozenset(word for word in words if word[0] == "@")


def _all(frame: Frame) -> frozenset[str]:
    return frame.subject | frame.object


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / len(one | other) if one | other else 1.0


def _listed(words: frozenset[str]) -> str:
    return " ".join(sorted(word.removeprefix("@") for word in words))
