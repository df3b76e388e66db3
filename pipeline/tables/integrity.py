"""The proof of the tables: keys, references, spans, and every quote against the cleaned text and the raw bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any, get_args, get_origin

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from pipeline.errors import IntegrityError
from pipeline.tables.arrow import unwrap
from pipeline.tables.rendering import leftover, stands
from pipeline.tables.row import Ref, Table

RawOf = Callable[[str], bytes]  # source → the raw bytes of that article
_SHOWN = 10  # problems named in the message

# Each query returns one line of text per problem.
_QUERIES = {
    "a kept unit is not its slice of the text": """
        SELECT u.unit_id FROM units u JOIN articles a USING (article_id)
        WHERE u.kind <> 'residue' AND (u.start IS NULL OR u."end" IS NULL OR u.start >= u."end"
              OR substring(a.text, u.start + 1, u."end" - u.start) <> u.text)""",
    "residue has a place in the text, or no kind": """
        SELECT unit_id FROM units WHERE (kind = 'residue') <> (residue_kind IS NOT NULL)
              OR (kind = 'residue' AND (start IS NOT NULL OR "end" IS NOT NULL))""",
    "a quote is not its slice of the text": """
        SELECT e.evidence_id FROM evidence e JOIN articles a USING (article_id)
        WHERE e.start >= e."end" OR substring(a.text, e.start + 1, e."end" - e.start) <> e.quote""",
    "a prefix or suffix does not stand beside its quote": """
        SELECT e.evidence_id FROM evidence e JOIN articles a USING (article_id)
        WHERE substring(a.text, greatest(e.start - 32, 0) + 1, least(e.start, 32)) <> e.prefix
           OR substring(a.text, e."end" + 1, 32) <> e.suffix""",
    "evidence lies outside its unit": """
        SELECT e.evidence_id FROM evidence e JOIN units u USING (unit_id)
        WHERE e.article_id <> u.article_id OR u.start IS NULL OR e.start < u.start OR e."end" > u."end"
           OR e.raw_start < u.raw_start OR e.raw_end > u.raw_end""",
    "a record has no mention": """
        SELECT id FROM records WHERE id NOT IN (SELECT row_id FROM evidence WHERE field IS NULL)""",
    "units of an article overlap": """
        SELECT unit_id FROM (SELECT unit_id, raw_start, raw_end,
              lag(raw_end) OVER (PARTITION BY article_id ORDER BY raw_start, raw_end) AS before FROM units)
        WHERE raw_start >= raw_end OR before > raw_start""",
    "n_units is not the number of units": """
        SELECT a.article_id FROM articles a LEFT JOIN units u USING (article_id)
        GROUP BY a.article_id, a.n_units HAVING count(u.unit_id) <> a.n_units""",
}


def check(tables: Mapping[str, pa.Table], specs: tuple[Table, ...], *, raw_of: RawOf) -> None:
    """Prove `tables` against each other and against the raw bytes.

    Raises:
        IntegrityError: names every kind of problem found, with the first ids of each.
    """
    problems = [*_keys(tables, specs), *_references(tables, specs), *_spans(tables)]
    if not problems:  # the sources are read only for tables that agree with themselves
        problems = list(_sources(tables, raw_of))
    if problems:
        more = f"\n… and {len(problems) - _SHOWN} more" if len(problems) > _SHOWN else ""
        raise IntegrityError("\n".join(problems[:_SHOWN]) + more)


def _keys(tables: Mapping[str, pa.Table], specs: tuple[Table, ...]) -> Iterator[str]:
    for spec in specs:
        if spec.key is None:
            continue
        counts = pc.value_counts(tables[spec.name][spec.key].combine_chunks())
        twice = pc.filter(counts.field("values"), pc.greater(counts.field("counts"), 1))
        if len(twice):
            yield f"{spec.name}.{spec.key}: {len(twice)} keys stand twice, such as {twice[0].as_py()}"


def _references(tables: Mapping[str, pa.Table], specs: tuple[Table, ...]) -> Iterator[str]:
    keys = {spec.name: tables[spec.name][spec.key] for spec in specs if spec.key is not None}
    for spec in specs:
        for column, targets, values, owners in _reference_columns(spec, tables[spec.name]):
            for name in targets or sorted(set(pc.unique(owners).to_pylist())):
                mine = values if targets else pc.filter(values, pc.equal(owners, name))
                known = [keys[target] for target in targets] if len(targets) > 1 else [keys[name]]
                pool = pa.chunked_array([chunk for key in known for chunk in key.chunks], pa.string())
                lost = pc.filter(mine, pc.and_(pc.is_valid(mine), pc.invert(pc.is_in(mine, value_set=pool))))
                if len(lost):
                    yield f"{spec.name}.{column}: {len(lost)} ids are not in {name}, such as {lost[0].as_py()}"


def _reference_columns(spec: Table, table: pa.Table) -> Iterator[tuple[str, tuple[str, ...], Any, Any]]:
    """Yield column, the tables it refers to (none: the row says), its values flat, and the tables beside them."""
    for name, info in spec.row.model_fields.items():
        column = table[name]
        owners = table["table"] if "table" in table.column_names else None
        refs = [mark for mark in info.metadata if isinstance(mark, Ref)]
        inner, _ = unwrap(info.annotation)
        if get_origin(inner) is list:
            element = get_args(inner)[0]
            refs = [mark for mark in getattr(element, "__metadata__", ()) if isinstance(mark, Ref)]
            if owners is not None:
                owners = pc.take(owners, pc.list_parent_indices(column))
            column = pc.list_flatten(column)
            for sub, sub_info in getattr(element, "model_fields", {}).items():
                if sub_refs := tuple(m.table for m in sub_info.metadata if isinstance(m, Ref) and m.table is not None):
                    yield f"{name}.{sub}", sub_refs, pc.struct_field(column, sub), None
        if refs:
            yield name, tuple(mark.table for mark in refs if mark.table is not None), column, owners


def _spans(tables: Mapping[str, pa.Table]) -> Iterator[str]:
    with duckdb.connect() as db:
        for name, table in tables.items():
            db.register(name, table)
        keys = ("organization", "place", "date", "agreement", "claim")
        db.execute("CREATE VIEW records AS " + " UNION ALL ".join(f"SELECT {k}_id AS id FROM {k}s" for k in keys))
        for problem, query in _QUERIES.items():
            ids = [row[0] for row in db.execute(query + " ORDER BY 1").fetchall()]
            if ids:
                yield f"{problem}: {len(ids)}, such as {', '.join(ids[:3])}"


def _sources(tables: Mapping[str, pa.Table], raw_of: RawOf) -> Iterator[str]:
    """Read each raw article again and hold its units and quotes against its bytes."""
    columns = ["article_id", "source", "sha256", "media_type", "encoding"]
    units = _by_article(tables["units"], ["raw_start", "raw_end", "text"])
    quotes = _by_article(tables["evidence"], ["raw_start", "raw_end", "quote"])
    for article in tables["articles"].select(columns).sort_by("source").to_pylist():
        raw = raw_of(article["source"])
        if hashlib.sha256(raw).hexdigest() != article["sha256"]:
            yield f"{article['source']}: the raw bytes are not those the tables were made from"
            continue
        how = {"media_type": article["media_type"], "encoding": article["encoding"]}
        spans = [*units.get(article["article_id"], ()), *quotes.get(article["article_id"], ())]
        for start, end, text in sorted(set(spans)):
            if not stands(raw[start:end], text, **how):
                yield f"{article['source']}: bytes {start}:{end} read {raw[start:end][:80]!r}, not {text[:80]!r}"
        yield from _gaps(raw, sorted(units.get(article["article_id"], ())), article["source"], how)


def _gaps(raw: bytes, units: list[tuple[int, int, str]], source: str, how: dict[str, str]) -> Iterator[str]:
    """Yield what a reader sees between the units. A JSON line has fields around its text, so only gaps within count."""
    edges = [0, *(edge for start, end, _ in units for edge in (start, end)), len(raw)]
    gaps = list(zip(edges[::2], edges[1::2], strict=True))
    for start, end in gaps[1:-1] if how["media_type"] == "application/json" else gaps:
        if start < end and (text := leftover(raw[start:end], **how)):
            yield f"{source}: bytes {start}:{end} are in no unit: {text[:80]!r}"


def _by_article(table: pa.Table, columns: list[str]) -> dict[str, list[tuple[int, int, str]]]:
    spans: dict[str, list[tuple[int, int, str]]] = {}
    arrays = [table[name].to_pylist() for name in ("article_id", *columns)]
    for article_id, start, end, text in zip(*arrays, strict=True):
        spans.setdefault(article_id, []).append((start, end, text))
    return spans
