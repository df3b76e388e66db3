"""Related → columns: the records of single articles as Arrow tables, built a batch of articles at a time.

`articles` and `units` have their final shape already. The records (`organizations`, `places`, `dates`, `agreements`,
`claims`) are keyed by `article_id` and `local`, their number within the article; lists of numbers point at records of
the same article. `evidence` names its record by `table` and `local`; its offsets count characters of `articles.text`.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pyarrow as pa

from pipeline.ids import stable_id
from pipeline.records import Evidence, Related
from pipeline.tables import loose

_BATCH = 200  # articles turned into columns at once
_AROUND = 32  # characters of prefix and suffix
_NUMBERS = pa.list_(pa.int32())
_NAMES = pa.list_(pa.string())
_PARTIES = pa.list_(pa.struct([("name", pa.string()), ("kind", pa.string()), ("record", pa.int32())]))
_OF_ARTICLE = [("article_id", pa.string()), ("local", pa.int32())]


def _schema(words: str, **others: pa.DataType) -> pa.Schema:
    return pa.schema([*_OF_ARTICLE, *((name, pa.string()) for name in words.split()), *others.items()])


SCHEMAS: dict[str, pa.Schema] = {
    "organizations": _schema("name acronym kind canonical", aliases=_NAMES),
    "places": _schema("name kind iso3", aliases=_NAMES),
    "dates": _schema("edtf timex type precision modifier", earliest=pa.date32(), latest=pa.date32()),
    "agreements": _schema(
        "name display_name acronym kind subject event date status canonical",
        aliases=_NAMES,
        named=pa.bool_(),
        parties=_PARTIES,
        earliest=pa.date32(),
        latest=pa.date32(),
    ),
    "claims": _schema(
        "unit_id text level subject predicate object polarity modality attribution predicate_lemma subject_resolved "
        "object_resolved score_detail setting",
        score=pa.float64(),
        organizations=_NUMBERS,
        places=_NUMBERS,
        dates=_NUMBERS,
        agreements=_NUMBERS,
    ),
    "evidence": _schema(
        "table field value unit_id quote prefix suffix rule_id detector",
        start=pa.int64(),
        end=pa.int64(),
        raw_start=pa.int64(),
        raw_end=pa.int64(),
        confidence=pa.float64(),
    ),
}
_RECORDS = {
    "organizations": "organizations",
    "places": "places",
    "dates": "dates",
    "agreements": "agreements",
    "claims": "propositions",
}


def to_columns(related: Iterable[Related]) -> dict[str, pa.Table]:
    """Return the local tables of all articles: `articles`, `units`, the five kinds of records, `evidence`.

    Raises:
        IntegrityError: a row of articles or units lacks a column, or has one that its table does not know.
    """
    chunks: dict[str, list[pa.Table]] = {name: [schema.empty_table()] for name, schema in SCHEMAS.items()}
    texts: list[dict[str, pa.Table]] = []
    stream = iter(related)
    while batch := list(itertools.islice(stream, _BATCH)):
        texts.append(loose.to_columns(batch))
        for name, rows in _records(batch).items():
            chunks[name].append(pa.Table.from_pylist(rows, SCHEMAS[name]))
    texts = texts or [loose.to_columns(())]
    whole = {name: pa.concat_tables(part[name] for part in texts) for name in texts[0]}
    return {**whole, **{name: pa.concat_tables(some) for name, some in chunks.items()}}


def _records(batch: Sequence[Related]) -> dict[str, list[dict[str, Any]]]:
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for one in batch:
        article_id = one.article.article_id
        unit_ids = {unit.ordinal: stable_id("units", article_id, unit.raw_start, unit.raw_end) for unit in one.units}
        starts = {unit.ordinal: unit.start or 0 for unit in one.units}
        for table, field in _RECORDS.items():
            for local, record in enumerate(getattr(one, field)):
                row: dict[str, Any] = {"article_id": article_id, "local": local}
                for name in SCHEMAS[table].names[2:]:
                    row[name] = unit_ids[record.unit] if name == "unit_id" else _plain(getattr(record, name))
                rows[table].append(row)
                rows["evidence"].extend(_evidence(one, table, local, record.evidence, unit_ids, starts))
    return rows


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [
            {"name": item.name, "kind": item.kind, "record": item.record} if hasattr(item, "record") else item
            for item in value
        ]
    return value


def _evidence(
    one: Related,
    table: str,
    local: int,
    evidence: Sequence[Evidence],
    unit_ids: dict[int, str],
    starts: dict[int, int],
) -> Iterator[dict[str, Any]]:
    text, offsets = one.article.text, one.article.offsets
    for item in evidence:
        start, end = starts[item.unit] + item.start, starts[item.unit] + item.end
        raw_start, raw_end = offsets.span(start, end)
        yield {
            "article_id": one.article.article_id,
            "local": local,
            "table": table,
            "field": item.field,
            "value": item.value,
            "unit_id": unit_ids[item.unit],
            "quote": text[start:end],
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
            "rule_id": item.rule_id,
            "detector": item.detector,
            "start": start,
            "end": end,
            "raw_start": raw_start,
            "raw_end": raw_end,
            "confidence": item.confidence,
        }
