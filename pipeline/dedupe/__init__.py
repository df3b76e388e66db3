"""All Related → Resolved: one record of one thing across the articles, copies among them, and what contradicts what.

    dedupe(columns) -> Resolved

Ids come from the records alone (`keys`), so an added article changes none. Where two ids are found to mean one thing
(`merge`), the merged one leads to the other in `redirects`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.dedupe import keys, merge
from pipeline.dedupe.conflicts import conflicts
from pipeline.dedupe.families import Member, families
from pipeline.ids import stable_id

__all__ = ["Resolved", "dedupe"]

Row = dict[str, Any]
Local = tuple[str, int]  # article and number there
_RECORDS = ("organizations", "places", "dates", "agreements", "claims")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The tables of the corpus, not yet cast: every table but `rejects`."""

    tables: dict[str, pa.Table]


def dedupe(columns: Mapping[str, pa.Table]) -> Resolved:
    """Merge the local tables of all articles."""
    members = _families(columns["articles"])
    ids: dict[str, dict[Local, str]] = {}
    rows: dict[str, list[Row]] = {}
    redirects: list[Row] = []
    for table in _RECORDS:
        rows[table] = [_with_links(row, table, ids) for row in columns[table].to_pylist()]
        key = f"{table[:-1]}_id"
        for row in rows[table]:
            row[key] = _id_of(table, row)
        moved = _merges(table, rows[table], key)
        for old, (new, score, detail) in sorted(moved.items()):
            redirects.append({"old_id": old, "new_id": new, "table": table, "score": score, "detail": detail})
        for row in rows[table]:
            row[key] = moved[row[key]][0] if row[key] in moved else row[key]
        ids[table] = {(row["article_id"], row["local"]): row[key] for row in rows[table]}
    evidence = _evidence(columns["evidence"], ids)
    of_record: dict[str, list[Row]] = defaultdict(list)
    for item in evidence:
        of_record[item["row_id"]].append(item)
    merged = {table: _merged(table, rows[table], of_record, members) for table in _RECORDS}
    found = conflicts(rows["agreements"], {row["claim_id"]: row for row in merged["claims"]}, of_record)
    torn = {row_id for row in found for row_id in row["row_ids"]}
    for table in ("agreements", "claims"):
        for row in merged[table]:
            row["in_conflict"] = row[f"{table[:-1]}_id"] in torn
    tables = {table: _table(merged[table], _COLUMNS[table]) for table in _RECORDS}
    return Resolved({
        **tables,
        "articles": _with_family(columns["articles"], members),
        "units": columns["units"],
        "evidence": _table(evidence, _COLUMNS["evidence"]),
        "conflicts": _table(found, _COLUMNS["conflicts"]),
        "redirects": _table(redirects, _COLUMNS["redirects"]),
    })  # fmt: skip


def _families(articles: pa.Table) -> dict[str, Member]:
    names = articles["article_id"].to_pylist()
    texts = dict(zip(names, articles["text"].to_pylist(), strict=True))
    days = dict(zip(names, articles["published"].to_pylist(), strict=True))
    return families(texts, published=days, sources=dict(zip(names, articles["source"].to_pylist(), strict=True)))


def _with_family(articles: pa.Table, members: Mapping[str, Member]) -> pa.Table:
    own = [members[name] for name in articles["article_id"].to_pylist()]
    articles = articles.append_column("duplicate_of", pa.array([one.duplicate_of for one in own], pa.string()))
    articles = articles.append_column("family_id", pa.array([one.family_id for one in own], pa.string()))
    return articles.append_column("family_reason", pa.array([one.reason for one in own], pa.string()))


def _with_links(row: Row, table: str, ids: Mapping[str, Mapping[Local, str]]) -> Row:
    """Replace local numbers by ids; the tables come in an order that has them ready."""
    article = row["article_id"]
    if table == "agreements":
        row["parties"] = [
            {"party_id": _party_id(article, party, ids), "name": party["name"], "kind": party["kind"]}
            for party in row["parties"]
        ]
    elif table == "claims":
        for linked in ("organizations", "places", "dates", "agreements"):
            row[linked] = sorted({ids[linked][article, number] for number in row[linked]})
    return row


def _party_id(article: str, party: Mapping[str, Any], ids: Mapping[str, Mapping[Local, str]]) -> str | None:
    table = {"organization": "organizations", "state": "places"}.get(party["kind"])
    return None if table is None or party["record"] is None else ids[table][article, party["record"]]


def _id_of(table: str, row: Row) -> str:
    if table == "agreements":
        return keys.agreement_id(row, [party["party_id"] or party["name"] for party in row["parties"]])
    make: dict[str, Callable[[Mapping[str, Any]], str]] = {
        "organizations": keys.organization_id,
        "places": keys.place_id,
        "dates": keys.date_id,
        "claims": keys.claim_id,
    }
    return make[table](row)


def _merges(table: str, rows: Sequence[Row], key: str) -> merge.Redirects:
    if table in ("organizations", "agreements"):
        return merge.acronyms(rows, key)
    return merge.claims(rows) if table == "claims" else {}


def _evidence(evidence: pa.Table, ids: Mapping[str, Mapping[Local, str]]) -> list[Row]:
    """Name each row of evidence by its record and place; the same twice is one."""
    found: dict[str, Row] = {}
    for row in evidence.to_pylist():
        row["row_id"] = ids[row["table"]][row["article_id"], row["local"]]
        place = (row["article_id"], row["start"], row["end"], row["rule_id"])
        row["evidence_id"] = stable_id("evidence", row["row_id"], row["field"], row["value"], *place)
        best = found.setdefault(row["evidence_id"], row)
        if row["confidence"] > best["confidence"]:
            found[row["evidence_id"]] = row
    return [found[name] for name in sorted(found)]


def _merged(
    table: str, rows: Sequence[Row], evidence: Mapping[str, Sequence[Row]], members: Mapping[str, Member]
) -> list[Row]:
    key = f"{table[:-1]}_id"
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        groups[row[key]].append(row)
    merged = []
    for record, group in sorted(groups.items()):
        mentions = [item for item in evidence[record] if item["field"] is None]
        articles = {item["article_id"] for item in mentions}
        counts = {
            "n_mentions": len({(item["article_id"], item["start"], item["end"]) for item in mentions}),
            "n_articles": len(articles),
            "n_independent": len({members[article].family_id for article in articles}),
        }
        merged.append({**_one(table, group), key: record, **counts})
    return merged


def _one(table: str, group: Sequence[Row]) -> Row:
    """Choose the values of a merged record: the fullest name, the most frequent kind, the most telling of the rest."""
    group = sorted(group, key=lambda row: (-_weight(row), str(row["article_id"]), row["local"]))
    one = dict(group[0])
    if table in ("organizations", "places", "agreements"):
        one["kind"] = _commonest(row["kind"] for row in group)
        names = [row["name"] for row in group if row["name"]]
        one["name"] = min(names, key=lambda name: (-len(name), name)) if names else None
        forms = {form for row in group for form in (row["name"], *row["aliases"], row.get("acronym")) if form}
        one["aliases"] = sorted(forms - {one["name"]})
    if table in ("organizations", "agreements"):
        acronyms = [row["acronym"] for row in group if row["acronym"]]
        one["acronym"] = _commonest(acronyms) if acronyms else None
    if table == "agreements":
        one["display_name"] = one["name"] or one["display_name"]
        seen: dict[str, Row] = {}
        for party in (party for row in group for party in row["parties"]):
            seen.setdefault(party["party_id"] or party["name"], party)
        one["parties"] = list(seen.values())
    return one


def _weight(row: Row) -> int:
    """How much a record tells: its filled columns."""
    return sum(1 for value in row.values() if value not in (None, [], ""))


def _commonest(values: Iterable[str]) -> str:
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def _table(rows: Sequence[Row], names: Sequence[str]) -> pa.Table:
    return pa.table({name: pa.array([row[name] for row in rows]) for name in names})


_COUNTS = ("n_mentions", "n_articles")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "organizations": ("organization_id", "name", "acronym", "aliases", "kind", *_COUNTS, "n_independent"),
    "places": ("place_id", "name", "kind", "iso3", "aliases", *_COUNTS),
    "dates": ("date_id", "edtf", "timex", "type", "earliest", "latest", "precision", "modifier", *_COUNTS),
    "agreements": (
        "agreement_id", "name", "display_name", "acronym", "aliases", "named", "kind", "parties", "subject", "event",
        "date",        "earliest", "latest", *_COUNTS, "n_independent", "in_conflict", "status",
    ),
    "claims": (
        "claim_id", "text", "level", "score", "subject", "predicate", "object", "polarity", "modality", "attribution",
        "organizations", "places", "dates", "agreements", *_COUNTS, "n_independent", "in_conflict", "predicate_lemma",
        "subject_resolved", "score_detail",
    ),
    "evidence": (
        "evidence_id", "table", "row_id", "field", "value", "article_id", "unit_id", "start", "end", "raw_start",
        "raw_end",        "quote", "prefix", "suffix", "rule_id", "detector", "confidence",
    ),
    "conflicts": ("conflict_id", "table", "row_ids", "field", "values", "evidence_ids", "reason"),
    "redirects": ("old_id", "new_id", "table", "score", "detail"),
}  # fmt: skip
