"""Dedupe: the records of single articles → the records of the corpus, with families, merged claims and conflicts.

A pure function of the columns, the policy and the judgements: the order and the batches of the articles do not matter,
and a corpus that grew article by article gives what one run over all of it gives.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from pipeline.dedupe import assemble
from pipeline.dedupe.claims import resolve_claims
from pipeline.dedupe.clusters import Clusters
from pipeline.dedupe.conflicts import Conflict, agreement_conflicts, claim_conflicts
from pipeline.dedupe.families import find_families
from pipeline.dedupe.frames import Frame, Interval, form_of, frame_of
from pipeline.dedupe.names import Key, resolve_agreements, resolve_organizations, resolve_simple
from pipeline.dedupe.policy import Policy, load_policy
from pipeline.dedupe.words import UNSAID, Span
from pipeline.judgements import Judgement
from pipeline.names import compare_name

NAMED = ("organizations", "places", "dates", "agreements")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The records of the corpus as tables (all but `rejects`), and the judgements that no record fits any more."""

    tables: dict[str, pa.Table]
    unused_judgements: tuple[Judgement, ...]


def dedupe(columns: Mapping[str, pa.Table], *, policy: Policy, judgements: Sequence[Judgement] = ()) -> Resolved:
    """Resolve the local tables of `pipeline.columns` into those of the corpus."""
    rows = {name: columns[name].to_pylist() for name in (*NAMED, "claims")}
    articles = columns["articles"]
    sources = dict(zip(articles["article_id"].to_pylist(), articles["sha256"].to_pylist(), strict=True))
    families = find_families(articles, columns["units"], policy=policy.families)
    forms: dict[str, dict[Key, str]] = {}
    clusters: dict[str, Clusters] = {}
    for table in ("places", "dates"):
        forms[table], clusters[table] = resolve_simple(table, rows[table], judgements)
    forms["organizations"], clusters["organizations"] = resolve_organizations(
        rows["organizations"], policy=policy.names, judgements=judgements
    )
    ids = {table: _ids(forms[table], clusters[table]) for table in forms}
    parties = {_key(row): [_party(row, party, ids) for party in row["parties"]] for row in rows["agreements"]}
    forms["agreements"], clusters["agreements"] = resolve_agreements(
        rows["agreements"], parties, sources, policy=policy.names, judgements=judgements
    )
    ids["agreements"] = _ids(forms["agreements"], clusters["agreements"])
    forms["claims"], frames = _frames(rows, columns["evidence"], sources, ids, policy)
    compared = resolve_claims(frames, policy=policy, judgements=judgements)
    clusters["claims"] = compared.clusters
    ids["claims"] = _ids(forms["claims"], clusters["claims"])
    conflicts = [
        *claim_conflicts(compared.contrary, compared.clusters.rows),
        *_of_agreements(rows["agreements"], columns, ids["agreements"], parties),
    ]
    tables = assemble.tables(columns, rows, ids, families, conflicts)
    tables["redirects"] = assemble.redirects(clusters, tables)
    known = {form for some in forms.values() for form in some.values()}
    unused = tuple(judgement for judgement in judgements if not known.issuperset(judgement.ids))
    return Resolved(tables, unused)


def _key(row: Mapping[str, Any]) -> Key:
    return row["article_id"], row["local"]


def _ids(forms: Mapping[Key, str], clusters: Clusters) -> dict[Key, str | None]:
    return {key: clusters.rows[form] for key, form in forms.items()}


def _party(row: Mapping[str, Any], party: Mapping[str, Any], ids: Mapping[str, Mapping[Key, str | None]]) -> str:
    found = assemble.party_id(row["article_id"], party, ids)
    return found or compare_name(party["name"])


def _frames(
    rows: Mapping[str, Sequence[Mapping[str, Any]]],
    evidence: pa.Table,
    sources: Mapping[str, str],
    ids: Mapping[str, Mapping[Key, str | None]],
    policy: Policy,
) -> tuple[dict[Key, str], dict[str, Frame]]:
    """Return the form of each local claim and the frame of each form, read from the first claim that has it."""
    forms = {_key(row): form_of(row, sources[row["article_id"]], policy.synonyms) for row in rows["claims"]}
    first: dict[str, Mapping[str, Any]] = {}
    for row in sorted(rows["claims"], key=_key):
        first.setdefault(forms[_key(row)], row)
    periods: dict[Key, Interval] = {
        _key(row): (row["earliest"], row["latest"]) for row in rows["dates"] if row["earliest"] and row["latest"]
    }
    spans, naming = _role_spans(evidence, {_key(row) for row in first.values()}, ids, placed=periods)
    names: dict[tuple[str, str], str] = {}
    for table in ("places", "organizations", "agreements"):
        for row in rows[table]:
            if (found := ids[table][_key(row)]) is not None:
                for name in (row["name"], row.get("acronym"), *row["aliases"]):
                    if name:
                        names[row["article_id"], compare_name(name)] = found
    frames = {}
    for form, row in first.items():
        article_id = row["article_id"]
        said = set(row["dates"]) - naming.get(_key(row), set())
        dates = frozenset(periods[article_id, local] for local in said if (article_id, local) in periods)
        stands_for = {role: row[f"{role}_resolved"] for role in ("subject", "object")}
        records = {role: names.get((article_id, compare_name(name))) for role, name in stands_for.items() if name}
        resolved = {role: record for role, record in records.items() if record is not None}
        frames[form] = frame_of(form, row, spans.get(_key(row), {}), dates=dates, resolved=resolved, policy=policy)
    return forms, frames


def _role_spans(
    evidence: pa.Table, wanted: set[Key], ids: Mapping[str, Mapping[Key, str | None]], *, placed: Container[Key]
) -> tuple[dict[Key, dict[str, list[Span]]], dict[Key, set[int]]]:
    """Return the names, and the dates that a calendar places, in the subjects and objects of the wanted claims; and
    the dates that only name an instrument there."""
    listed = [list(column) for column in zip(*sorted(wanted), strict=True)] or [[], []]
    known = pa.table(listed, schema=pa.schema([("article_id", pa.string()), ("local", pa.int32())]))
    with duckdb.connect() as db:
        db.register("evidence", evidence)
        db.register("wanted", known)
        found = db.sql(
            """SELECT DISTINCT c.article_id, c.local, c.field, m.quote, m."table", m.local, m.unit_id, m.start, m."end",
                      m.prefix
               FROM evidence c SEMI JOIN wanted USING (article_id, local)
               JOIN evidence m ON c.unit_id = m.unit_id AND c.start <= m.start AND m."end" <= c."end"
               WHERE c."table" = 'claims' AND c.field IN ('subject', 'object')
                 AND m."table" <> 'claims' AND m.field IS NULL"""
        ).fetchall()
    spans: dict[Key, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    titles = {(unit, end) for *_, table, _, unit, _, end, _ in found if table == "agreements"}
    naming: dict[Key, set[int]] = defaultdict(set)
    for article_id, claim, role, quote, table, local, unit, start, _, prefix in found:
        behind = prefix.endswith(" of ") and (unit, start - len(" of ")) in titles
        if table == "dates" and behind:  # "the agreement of 15 April": it names it
            naming[article_id, claim].add(local)
            spans[article_id, claim][role].append((f"of {quote}", UNSAID))
            continue
        if table == "dates" and (article_id, local) not in placed:  # "after years of talks"
            continue
        record = "" if table == "dates" else ids[table].get((article_id, local)) or ""
        spans[article_id, claim][role].append((quote, record))
    return spans, naming


def _of_agreements(
    rows: Sequence[Mapping[str, Any]],
    columns: Mapping[str, pa.Table],
    ids: Mapping[Key, str | None],
    parties: Mapping[Key, Sequence[str]],
) -> list[Conflict]:
    with duckdb.connect() as db:
        db.register("evidence", columns["evidence"])
        db.register("units", columns["units"])
        found = db.sql(
            """SELECT e.article_id, e.local, string_agg(DISTINCT u.text, ' ' ORDER BY u.text)
               FROM evidence e JOIN units u USING (unit_id) WHERE e."table" = 'agreements' AND e.field = 'parties'
               GROUP BY e.article_id, e.local"""
        ).fetchall()
    sentences = {(article_id, local): text for article_id, local, text in found}
    keys = [_key(row) for row in rows]
    return list(
        agreement_conflicts(
            rows,
            [ids[key] for key in keys],
            [parties[key] for key in keys],
            [sentences.get(key, "") for key in keys],
        )
    )


__all__ = ["Policy", "Resolved", "dedupe", "load_policy"]
