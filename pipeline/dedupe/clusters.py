"""Forms and clusters: what is written alike is one form, forms that are one record are one cluster.

The id of a form is made from its own words, so no other article can change it. The id of a cluster is that of one of
its forms: the one of the best class, then the smallest. All other forms leave a redirect, made from current data alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pipeline.judgements import Judgement

Allowed = Callable[[frozenset[str], frozenset[str]], bool]


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """Two forms that are one record. Links are tried in their order, best first."""

    order: float  # minus the score
    first: str
    second: str
    detail: str

    @classmethod
    def of(cls, one: str, other: str, score: float, detail: str) -> Link:
        """Make a link whose two ends are in order."""
        return cls(-round(score, 6), min(one, other), max(one, other), detail)


@dataclass(frozen=True, slots=True)
class Clusters:
    """Form id → row id, or None for what was judged not to be a record; and the redirects of one table."""

    rows: dict[str, str | None]
    redirects: tuple[dict[str, str | float | None], ...]


def cluster(
    table: str,
    classes: Mapping[str, int],
    links: Iterable[Link],
    *,
    judgements: Iterable[Judgement] = (),
    allowed: Allowed = lambda one, other: True,
) -> Clusters:
    """Join forms by links, best first, where no judgement and no pair of members forbids it.

    Args:
        table: the table of the records.
        classes: form id → class; a smaller class is a better name for the cluster.
        links: what speaks for joining.
        judgements: those of all tables; they come before the links.
        allowed: whether two sets of forms may be one record; not asked for what a person judged.
    """
    mine = [judgement for judgement in judgements if judgement.table == table]
    forbidden: dict[str, set[str]] = defaultdict(set)
    for judgement in mine:
        if judgement.verdict == "different":
            for one, other in judgement.pairs():
                forbidden[one].add(other)
                forbidden[other].add(one)
    cluster_of = {form: form for form in classes}
    members = {form: frozenset([form]) for form in classes}
    why: dict[str, list[Link]] = defaultdict(list)
    judged = [
        Link(float("-inf"), one, other, f"judged the same: {judgement.reason}")
        for judgement in mine
        if judgement.verdict == "same"
        for one, other in judgement.pairs()
        if one in classes and other in classes
    ]
    for link in sorted({*judged, *links}):
        one, other = cluster_of[link.first], cluster_of[link.second]
        if one == other:
            continue
        if any(forbidden[form] & members[other] for form in members[one] if form in forbidden):
            continue
        if link.order != float("-inf") and not allowed(members[one], members[other]):
            continue
        small, large = sorted((one, other), key=lambda name: (len(members[name]), name))
        for form in members[small]:
            cluster_of[form] = large
        members[large] |= members.pop(small)
        why[link.first].append(link)
        why[link.second].append(link)
    return _named(table, classes, members, why, mine)


def _named(
    table: str,
    classes: Mapping[str, int],
    members: Mapping[str, frozenset[str]],
    why: Mapping[str, list[Link]],
    judgements: list[Judgement],
) -> Clusters:
    refused = {one for judgement in judgements if judgement.verdict == "not_a_record" for one in judgement.ids}
    rows: dict[str, str | None] = {}
    redirects: list[dict[str, str | float | None]] = []
    for forms in members.values():
        head = min(forms, key=lambda form: (classes[form], form))
        gone = bool(refused & forms)
        for form in sorted(forms):
            rows[form] = None if gone else head
            if form != head and not gone:
                link = min(why[form])
                score = None if link.order == float("-inf") else -link.order
                redirects.append(
                    {"old_id": form, "new_id": head, "table": table, "score": score, "detail": link.detail}
                )
    return Clusters(rows, tuple(sorted(redirects, key=lambda row: str(row["old_id"]))))
