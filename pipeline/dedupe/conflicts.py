"""Conflicts: what two places say differently, kept with both quotes and never resolved away."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from pipeline.dedupe.claims import Contrary
from pipeline.dedupe.compare import disjoint, shown
from pipeline.dedupe.frames import Frame, Interval
from pipeline.dedupe.words import Quantity

_WHOLE_LIST = re.compile(r"\b(?:between|bilateral|trilateral)\b", re.IGNORECASE)
_OFTEN = frozenset({"invoked", "terminated"})  # more than once, or by each party for itself


@dataclass(frozen=True, slots=True)
class Conflict:
    """Values that cannot all hold."""

    table: str
    row_ids: tuple[str, ...]
    field: str
    values: tuple[str, ...]
    reason: str


def claim_conflicts(contrary: Iterable[Contrary], row_of: Mapping[str, str | None]) -> Iterator[Conflict]:
    """Yield the conflicts among pairs of frames that are alike but for one thing."""
    groups: dict[tuple[str, str, tuple[str, ...], tuple[str, ...]], dict[str, set[str]]] = defaultdict(dict)
    for one, other, veto in contrary:
        said = _contradiction(one, other, veto)
        rows = row_of[one.form_id], row_of[other.form_id]
        if said is None or rows[0] is None or rows[1] is None or rows[0] == rows[1]:
            continue
        field, reason, values = said
        key = (
            field,
            reason,
            (one.sense,),
            (one.patient,) if one.patient and (field == "dates" or one.count) else tuple(sorted(one.names)),
        )
        for row, value in zip(rows, values, strict=True):
            groups[key].setdefault(str(row), set()).add(value)
    for (field, reason, _, _), by_row in sorted(groups.items()):
        values_ = sorted(set().union(*by_row.values()))
        yield Conflict("claims", tuple(sorted(by_row)), field, tuple(values_), reason)


def _contradiction(one: Frame, other: Frame, veto: str) -> tuple[str, str, tuple[str, str]] | None:
    if one.modality != "asserted" or other.modality != "asserted" or one.attribution or other.attribution:
        return None
    group = one.group
    if veto == "different_polarity":
        return "polarity", "one affirms what the other denies", (one.polarity, other.polarity)
    if one.polarity != "affirmed":
        return None
    if one.weak or other.weak:
        return None
    if veto == "different_dates" and group is not None and group.once and len(one.dates) == len(other.dates) == 1:
        (a,), (b,) = one.dates, other.dates
        if disjoint(a, b) and _same_thing(one, other):
            return "dates", f"it happens once ({one.sense}) and the dates exclude each other", (shown(a), shown(b))
    if (
        veto == "different_numbers"
        and (one.tense == other.tense or None in (one.tense, other.tense))
        and _numbers_differ(said := _counted(one), others := _counted(other))
    ):
        return "object", "two numbers for one quantity", (_listed(said), _listed(others))
    return None


def _same_thing(one: Frame, other: Frame) -> bool:
    """Tell whether it happens to one record, or to what both say in the same words: not to a protocol to the treaty."""
    by_each = one.group is not None and one.group.by_each
    words = one.subject | one.object == other.subject | other.object
    return one.patient == other.patient and (one.patient is not None or (words and not by_each))


def _counted(frame: Frame) -> frozenset[Quantity]:
    """The number of members and the like, where the frame has one; else all numbers."""
    return frame.numbers if frame.count is None else frozenset([frame.count])


def _numbers_differ(one: frozenset[Quantity], other: frozenset[Quantity]) -> bool:
    a, b = {q.unit: q for q in one}, {q.unit: q for q in other}
    if len(a) != len(one) or len(b) != len(other) or a.keys() != b.keys() or "" in a:
        return False
    return any(a[unit].high < b[unit].low or b[unit].high < a[unit].low for unit in a)


def _listed(numbers: frozenset[Quantity]) -> str:
    return ", ".join(sorted(map(str, numbers)))


@dataclass(frozen=True, slots=True)
class Dated:
    """An event of an agreement as one article dates it: the date as written, what it can mean, and whom it names."""

    date: str
    period: Interval
    parties: frozenset[str]

    def contradicts(self, other: Dated) -> bool:
        """Tell whether both cannot hold; parties that have nobody in common may each have their own date."""
        apart = self.parties and other.parties and not self.parties & other.parties
        return disjoint(self.period, other.period) and not apart


def agreement_conflicts(
    rows: Sequence[Mapping[str, Any]],
    row_ids: Sequence[str | None],
    parties: Sequence[Sequence[str]],
    texts: Sequence[str],
) -> Iterator[Conflict]:
    """Yield agreements with two dates of one event, or two lists of parties that both claim to be whole.

    Args:
        rows: local agreements; the other arguments are aligned with them.
        parties: the parties of each, resolved, in the order of its own.
        texts: the sentences that name the parties.
    """
    dates: dict[tuple[str, str], set[Dated]] = defaultdict(set)
    lists: dict[str, set[frozenset[str]]] = defaultdict(set)
    names: dict[str, str] = {}
    for row, row_id, whom, text in zip(rows, row_ids, parties, texts, strict=True):
        if row_id is None or not row["named"] or row["status"] in ("denied", "planned"):
            continue
        names.update({one: party["name"] for one, party in zip(whom, row["parties"], strict=True)})
        if row["event"] and row["date"] and row["earliest"] and row["latest"] and row["event"] not in _OFTEN:
            dates[row_id, row["event"]].add(Dated(row["date"], (row["earliest"], row["latest"]), frozenset(whom)))
        if len(set(whom)) in (2, 3) and _WHOLE_LIST.search(text):
            lists[row_id].add(frozenset(whom))
    for (row_id, event), found in sorted(dates.items()):
        against = {one.date for a, b in combinations(found, 2) if a.contradicts(b) for one in (a, b)}
        if against:
            reason = f"{event} at dates that exclude each other"
            yield Conflict("agreements", (row_id,), "date", tuple(sorted(against)), reason)
    for row_id, some in sorted(lists.items()):
        differ = {one for a, b in combinations(some, 2) if not a <= b and not b <= a for one in (a, b)}
        if differ:
            shown_ = sorted(", ".join(sorted(names[one] for one in parties_)) for parties_ in differ)
            yield Conflict("agreements", (row_id,), "parties", tuple(shown_), "two lists of the parties")
