"""From clusters to tables: rows merged, counted, evidence relabelled, all in the shape of the row models."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.dedupe.clusters import Clusters
from pipeline.dedupe.conflicts import Conflict
from pipeline.dedupe.families import Family
from pipeline.ids import stable_id
from pipeline.names import compare_name

Row = Mapping[str, Any]
Ids = Mapping[str, Mapping[tuple[str, int], str | None]]
_RECORDS = ("organizations", "places", "dates", "agreements", "claims")
_PARTY = pa.struct([("party_id", pa.string()), ("name", pa.string()), ("kind", pa.string())])
_TEXT = pa.string()
_MAP = pa.schema([("table", _TEXT), ("article_id", _TEXT), ("local", pa.int32()), ("row_id", _TEXT)])
_CONFLICTS = pa.schema(
    [
        ("conflict_id", _TEXT),
        ("table", _TEXT),
        ("row_ids", pa.list_(_TEXT)),
        ("field", _TEXT),
        ("values", pa.list_(_TEXT)),
        ("evidence_ids", pa.list_(_TEXT)),
        ("reason", _TEXT),
    ]
)
_REDIRECTS = pa.schema(
    [("old_id", _TEXT), ("new_id", _TEXT), ("table", _TEXT), ("score", pa.float64()), ("detail", _TEXT)]
)
_TYPES: dict[str, pa.DataType] = {
    "aliases": pa.list_(_TEXT),
    "parties": pa.list_(_PARTY),
    "earliest": pa.date32(),
    "latest": pa.date32(),
    "named": pa.bool_(),
    "in_conflict": pa.bool_(),
    "score": pa.float64(),
    **dict.fromkeys(("n_mentions", "n_articles", "n_independent"), pa.int64()),
    **dict.fromkeys(("organizations", "places", "dates", "agreements"), pa.list_(_TEXT)),
}


def tables(
    columns: Mapping[str, pa.Table],
    rows: Mapping[str, Sequence[Row]],
    ids: Ids,
    families: Mapping[str, Family],
    conflicts: Sequence[Conflict],
) -> dict[str, pa.Table]:
    """Return every table but `rejects` and `redirects`."""
    articles = _articles(columns["articles"], families)
    evidence = _evidence(columns["evidence"], ids)
    counts = _counts(evidence, articles)
    written = _conflicts(conflicts, evidence)
    against = {row_id for conflict in conflicts for row_id in conflict.row_ids}
    made = {"articles": articles, "units": columns["units"], "evidence": evidence, "conflicts": written}
    merge = {
        "organizations": _organization,
        "places": _place,
        "dates": _date,
        "agreements": _agreement,
        "claims": _claim,
    }
    for table in _RECORDS:
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in sorted(rows[table], key=lambda row: (row["article_id"], row["local"])):
            if (row_id := ids[table][row["article_id"], row["local"]]) is not None:
                groups[row_id].append(row)
        done = []
        for row_id, group in sorted(groups.items()):
            n_mentions, n_articles, n_independent = counts[row_id]
            done.append(
                {
                    f"{table[:-1]}_id": row_id,
                    **merge[table](group, ids),
                    "n_mentions": n_mentions,
                    "n_articles": n_articles,
                    **({"n_independent": n_independent} if table not in ("places", "dates") else {}),
                    **({"in_conflict": row_id in against} if table in ("agreements", "claims") else {}),
                }
            )
        made[table] = _table(table, done)
    return made


_NAMES = {
    "organizations": "organization_id name acronym aliases kind n_mentions n_articles n_independent",
    "places": "place_id name kind iso3 aliases n_mentions n_articles",
    "dates": "date_id edtf timex type earliest latest precision modifier n_mentions n_articles",
    "agreements": "agreement_id name display_name acronym aliases named kind parties subject event date earliest latest "  # noqa: E501
    "n_mentions n_articles n_independent in_conflict status",
    "claims": "claim_id text level score subject predicate object polarity modality attribution organizations places "
    "dates agreements n_mentions n_articles n_independent in_conflict predicate_lemma subject_resolved object_resolved "
    "score_detail",
}


def _table(table: str, rows: list[dict[str, Any]]) -> pa.Table:
    names = _NAMES[table].split()
    return pa.Table.from_pylist(rows, pa.schema([(name, _TYPES.get(name, _TEXT)) for name in names]))


def _articles(articles: pa.Table, families: Mapping[str, Family]) -> pa.Table:
    found = [families[one] for one in articles["article_id"].to_pylist()]
    for name in ("duplicate_of", "family_id", "family_reason"):
        value = "reason" if name == "family_reason" else name
        column = pa.array([getattr(family, value) for family in found], _TEXT)
        articles = articles.set_column(articles.schema.get_field_index(name), name, column)
    return articles


def _evidence(evidence: pa.Table, ids: Ids) -> pa.Table:
    """Put the ids of records and evidence into the place of local numbers; drop what was judged not to be a record."""
    pairs = [(table, *key, row_id) for table in _RECORDS for key, row_id in ids[table].items() if row_id is not None]
    listed = [list(column) for column in zip(*pairs, strict=True)] or [[], [], [], []]
    known = pa.table(listed, schema=_MAP)
    with duckdb.connect() as db:
        db.register("evidence", evidence)
        db.register("known", known)
        found = db.sql(
            """SELECT e.*, k.row_id FROM evidence e JOIN known k USING ("table", article_id, local)
               QUALIFY row_number() OVER (PARTITION BY "table", k.row_id, field, value, article_id, start, "end",
                   rule_id ORDER BY confidence DESC, detector, local) = 1
               ORDER BY article_id, start, "end", "table", k.row_id, field, value, rule_id"""
        ).to_arrow_table()
    parts = ("table", "row_id", "field", "value", "article_id", "start", "end", "rule_id")
    keys = [stable_id("evidence", *part) for part in zip(*(found[name].to_pylist() for name in parts), strict=True)]
    return found.drop_columns(["local"]).append_column("evidence_id", pa.array(keys, _TEXT))


def _counts(evidence: pa.Table, articles: pa.Table) -> dict[str, tuple[int, int, int]]:
    with duckdb.connect() as db:
        db.register("evidence", evidence)
        db.register("articles", articles)
        found = db.sql(
            """SELECT row_id, count(DISTINCT (article_id, start, "end")), count(DISTINCT article_id),
                      count(DISTINCT family_id)
               FROM evidence JOIN articles USING (article_id) WHERE field IS NULL GROUP BY row_id"""
        ).fetchall()
    return {row_id: (mentions, n, independent) for row_id, mentions, n, independent in found}


def _conflicts(conflicts: Iterable[Conflict], evidence: pa.Table) -> pa.Table:
    """Write conflicts with the evidence of their field, of the mention where the field has none of its own."""
    wanted = pa.array(sorted({row for conflict in conflicts for row in conflict.row_ids}), _TEXT)
    with duckdb.connect() as db:
        db.register("evidence", evidence)
        db.register("wanted", pa.table([wanted], names=["row_id"]))
        found = db.sql(
            "SELECT row_id, field, value, evidence_id FROM evidence SEMI JOIN wanted USING (row_id) ORDER BY evidence_id"  # noqa: E501
        ).fetchall()
    of: dict[tuple[str, str | None], list[tuple[str | None, str]]] = defaultdict(list)
    for row_id, field, value, evidence_id in found:
        of[row_id, field].append((value, evidence_id))
    rows = []
    for conflict in conflicts:
        places: list[str] = []
        for row_id in conflict.row_ids:
            some = of[row_id, conflict.field]
            exact = [one for value, one in some if value in conflict.values]
            places += exact or [one for _, one in some or of[row_id, None]]
        rows.append(
            {
                "conflict_id": stable_id("conflicts", conflict.table, conflict.field, *conflict.row_ids),
                "table": conflict.table,
                "row_ids": list(conflict.row_ids),
                "field": conflict.field,
                "values": list(conflict.values),
                "evidence_ids": sorted(set(places)),
                "reason": conflict.reason,
            }
        )
    kept = {str(row["conflict_id"]): row for row in rows}
    return pa.Table.from_pylist([kept[key] for key in sorted(kept)], _CONFLICTS)


def redirects(clusters: Mapping[str, Clusters], made: Mapping[str, pa.Table]) -> pa.Table:
    """Return the ids of merged forms, each with the record it leads to and why."""
    rows = [row for table in _RECORDS for row in clusters[table].redirects if made[table].num_rows]
    return pa.Table.from_pylist(sorted(rows, key=lambda row: str(row["old_id"])), _REDIRECTS)


# One row from many ---------------------------------------------------------------------------------------------------


def _most(values: Iterable[Any]) -> Any:
    """Return the most frequent value that is not None, the longest of equals, then the first in order."""
    counts = Counter(value for value in values if value is not None)
    return min(counts, key=lambda value: (-counts[value], -len(str(value)), str(value)), default=None)


def _named(group: Sequence[Row], name: str) -> dict[str, Any]:
    acronym = _most(row["acronym"] for row in group)
    others = {alias for row in group for alias in row["aliases"]} | {row["name"] for row in group} | {acronym}
    return {"name": name, "acronym": acronym, "aliases": sorted(others - {name, None})}


def _organization(group: Sequence[Row], ids: Ids) -> dict[str, Any]:
    acronyms = {row["acronym"] for row in group}
    full = [row["name"] for row in group if " " in row["name"] or row["name"] not in acronyms]
    kinds = [row["kind"] for row in group if row["kind"] != "other"] or ["other"]
    return {**_named(group, _most(full or [row["name"] for row in group])), "kind": _most(kinds)}


def _place(group: Sequence[Row], ids: Ids) -> dict[str, Any]:
    name = _most(row["name"] for row in group)
    others = {alias for row in group for alias in row["aliases"]} | {row["name"] for row in group}
    kind, iso3 = _most(row["kind"] for row in group), _most(row["iso3"] for row in group)
    return {"name": name, "kind": kind, "iso3": iso3, "aliases": sorted(others - {name})}


def _date(group: Sequence[Row], ids: Ids) -> dict[str, Any]:
    first = min(group, key=lambda row: (row["timex"], str(row["precision"])))
    return {name: first[name] for name in ("edtf", "timex", "type", "earliest", "latest", "precision", "modifier")}


def party_id(article_id: str, party: Row, ids: Ids) -> str | None:
    """Return the record of a party; None where it is neither an organization nor a place of the tables."""
    if party["record"] is None or party["kind"] == "other":
        return None
    return ids["organizations" if party["kind"] == "organization" else "places"].get((article_id, party["record"]))


def _agreement(group: Sequence[Row], ids: Ids) -> dict[str, Any]:
    parties: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in group:
        for party in row["parties"]:
            found = party_id(row["article_id"], party, ids)
            parties[found or compare_name(party["name"])].append(
                {"party_id": found, "name": party["name"], "kind": party["kind"]}
            )
    dated = [(row["event"], row["date"], row["earliest"], row["latest"]) for row in group if row["date"]]
    event, day, earliest, latest = _dated(dated) if dated else (_most(row["event"] for row in group), None, None, None)
    name = _most(row["name"] for row in group)
    statuses = [row["status"] for row in group]
    return {
        **_named(group, name),
        "display_name": _most(row["display_name"] for row in group if row["name"] == name),
        "named": any(row["named"] for row in group),
        "kind": _most(row["kind"] for row in group),
        "parties": [{**some[0], "name": _most(party["name"] for party in some)} for _, some in sorted(parties.items())],
        "subject": _most(row["subject"] for row in group),
        "event": event,
        "date": day,
        "earliest": earliest,
        "latest": latest,
        "status": "asserted" if "asserted" in statuses else _most(statuses),
    }


def _dated(dated: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
    """Choose the dated event most articles give, then the more exact date, then the earlier."""
    counts = Counter(dated)
    return min(counts, key=lambda one: (-counts[one], -len(one[1]), one[1], str(one[0])))


def _claim(group: Sequence[Row], ids: Ids) -> dict[str, Any]:
    first = min(group, key=lambda row: (-row["score"], row["text"], str(row["object"]), str(row["subject"])))
    kept = ("text", "level", "score", "subject", "predicate", "object", "polarity", "modality", "attribution")
    links: dict[str, list[str]] = {}
    for table in ("organizations", "places", "dates", "agreements"):
        found = {ids[table].get((row["article_id"], local)) for row in group for local in row[table]}
        links[table] = sorted(one for one in found if one is not None)
    more = ("predicate_lemma", "subject_resolved", "object_resolved", "score_detail")
    shown = {name: first[name] for name in kept} | {"object": _without_setting(first)}
    return {**shown, **links, **{name: first[name] for name in more}}


def _without_setting(row: Row) -> str | None:
    """Return the object as shown: the date in "In 1998, …" counts when claims are compared, and stands in `dates`."""
    object_: str | None = row["object"]
    return object_ if object_ is None or row["setting"] is None else object_.removesuffix(row["setting"]).rstrip()
