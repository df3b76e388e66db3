"""What two places say differently: dates of one event of an agreement, numbers and dates of one claim, yes and no."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from pipeline.dedupe.keys import content_words, unnamed
from pipeline.ids import stable_id
from pipeline.names import compare_name

_NUMBER = re.compile(r"^\d+(?:[.,]\d+)*$")
_COUNTS = frozenset({
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "twenty", "thirty", "forty", "fifty", "sixty", "hundred",
})  # fmt: skip


def conflicts(
    agreements: Iterable[Mapping[str, Any]],
    claims: Mapping[str, Mapping[str, Any]],
    evidence: Mapping[str, Sequence[Mapping[str, Any]]],
) -> list[dict[str, Any]]:
    """Return the rows of `conflicts`.

    Args:
        agreements: one row for each article's record, with its `agreement_id`.
        claims: merged claims by id.
        evidence: rows of evidence by the id of their record.
    """
    return sorted([*_dates(agreements, evidence), *_claims(claims, evidence)], key=lambda row: str(row["conflict_id"]))


def _row(
    table: str, ids: Sequence[str], field: str, values: Sequence[str], evidence_ids: Sequence[str], reason: str
) -> dict[str, Any]:
    ids = sorted(set(ids))
    return {
        "conflict_id": stable_id("conflicts", table, field, *ids, *sorted(values)),
        "table": table,
        "row_ids": ids,
        "field": field,
        "values": list(values),
        "evidence_ids": list(evidence_ids),
        "reason": reason,
    }


def _dates(
    agreements: Iterable[Mapping[str, Any]], evidence: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[dict[str, Any]]:
    """Spans of days of the same event of the same named agreement that do not overlap."""
    told: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in agreements:
        if row["named"] and row["event"] and row["date"] and row["earliest"] and row["latest"]:
            told[row["agreement_id"], row["event"]].setdefault(row["date"], row)
    for (agreement, event), by_date in sorted(told.items()):
        rows = [row for _, row in sorted(by_date.items())]
        apart = [
            row for row in rows
            if any(row["earliest"] > other["latest"] or other["earliest"] > row["latest"] for other in rows)
        ]  # fmt: skip
        if apart:
            values = [row["date"] for row in apart]
            places = [
                item["evidence_id"]
                for item in evidence[agreement]
                if item["field"] == "date" and item["value"] in values
            ]
            yield _row("agreements", [agreement], "date", values, places, f"{event} on days that exclude each other")


def _claims(
    claims: Mapping[str, Mapping[str, Any]], evidence: Mapping[str, Sequence[Mapping[str, Any]]]
) -> Iterator[dict[str, Any]]:
    frames: dict[tuple[Any, ...], list[tuple[str, tuple[str, ...], str]]] = defaultdict(list)
    for claim, row in sorted(claims.items()):
        subject = compare_name(row["subject_resolved"] or row["subject"] or "")
        if row["level"] != "specific" or row["modality"] != "asserted" or not row["predicate_lemma"]:
            continue
        if not subject or (not row["subject_resolved"] and unnamed(row["subject"])):
            continue
        words = content_words(row["object"])
        figures = tuple(word for word in words if _NUMBER.match(word) or word in _COUNTS)
        rest = tuple(word for word in words if word not in figures)
        if rest or figures:
            frames[subject, row["predicate_lemma"], rest].append((claim, figures, row["polarity"]))
    for frame in frames.values():
        said_yes = {figures for _, figures, polarity in frame if polarity == "affirmed"}
        said_no = [item for item in frame if item[2] == "negated" and item[1] in said_yes]
        ids = [claim for claim, figures, _ in frame if figures in {item[1] for item in said_no}]
        if said_no:
            yield _row(
                "claims",
                ids,
                "polarity",
                ["affirmed", "negated"],
                _mentions(ids, evidence),
                "one says it, one denies it",
            )
        told = [item for item in frame if item[2] == "affirmed" and item[1]]
        if len({figures for _, figures, _ in told}) > 1 and len({len(figures) for _, figures, _ in told}) == 1:
            ids = [claim for claim, _, _ in told]
            values = sorted({" ".join(figures) for _, figures, _ in told})
            yield _row("claims", ids, "object", values, _mentions(ids, evidence), "the same words with other figures")


def _mentions(ids: Sequence[str], evidence: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    return [str(item["evidence_id"]) for claim in sorted(set(ids)) for item in evidence[claim] if item["field"] is None]
