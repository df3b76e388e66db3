"""Related → columns: the records of all articles as local tables, before anything is merged.

A record is named by its article and its `local` number there; what it refers to (`parties`, the links of claims) is
local too. Evidence gets its place in the cleaned text and in the raw bytes here, so the articles can be let go.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pyarrow as pa

from pipeline.ids import stable_id
from pipeline.records import Agreement, DateRecord, Evidence, Organization, Place, Proposition, Related, Unit

_AROUND = 32  # characters of prefix and suffix
_INT, _STR, _DAY, _BOOL, _FLOAT = pa.int64(), pa.string(), pa.date32(), pa.bool_(), pa.float64()
_STRS, _INTS = pa.list_(_STR), pa.list_(_INT)
_LOCAL = {"article_id": _STR, "local": _INT}
_PARTIES = pa.list_(pa.struct({"name": _STR, "kind": _STR, "record": _INT}))

SCHEMAS: dict[str, dict[str, pa.DataType]] = {
    "articles": {
        **dict.fromkeys(("article_id", "source", "sha256", "media_type", "encoding", "language"), _STR),
        **dict.fromkeys(("title", "ai_disclosure", "url", "text"), _STR),
        **dict.fromkeys(("n_bytes", "n_units", "n_words"), _INT),
        "published": _DAY,
        **dict.fromkeys(("duplicate_of", "family_id", "family_reason"), _STR),
    },
    "units": {
        **dict.fromkeys(("unit_id", "article_id", "kind", "residue_kind", "text", "rule_id"), _STR),
        **dict.fromkeys(("ordinal", "start", "end", "raw_start", "raw_end", "paragraph"), _INT),
        "section": _STRS,
    },
    "organizations": {
        **_LOCAL, "name": _STR, "acronym": _STR, "aliases": _STRS, "kind": _STR, "canonical": _STR,
    },
    "places": {**_LOCAL, "name": _STR, "kind": _STR, "iso3": _STR, "aliases": _STRS},
    "dates": {
        **_LOCAL, "edtf": _STR, "timex": _STR, "type": _STR, "earliest": _DAY, "latest": _DAY,
        "precision": _STR, "modifier": _STR,
    },
    "agreements": {
        **_LOCAL, "name": _STR, "display_name": _STR, "acronym": _STR, "aliases": _STRS, "named": _BOOL, "kind": _STR,
        "parties": _PARTIES, "subject": _STR, "event": _STR, "date": _STR, "earliest": _DAY, "latest": _DAY,
        "status": _STR, "canonical": _STR,
    },
    "claims": {
        **_LOCAL, **dict.fromkeys(("text", "level", "subject", "predicate", "object", "polarity", "modality"), _STR),
        **dict.fromkeys(("attribution", "predicate_lemma", "subject_resolved", "score_detail"), _STR),
        "score": _FLOAT, **dict.fromkeys(("organizations", "places", "dates", "agreements"), _INTS),
    },
    "evidence": {
        **_LOCAL, **dict.fromkeys(("table", "field", "value", "unit_id", "quote", "prefix", "suffix"), _STR),
        **dict.fromkeys(("start", "end", "raw_start", "raw_end"), _INT),
        "rule_id": _STR, "detector": _STR, "confidence": _FLOAT,
    },
}  # fmt: skip

Rows = Iterator[dict[str, Any]]


def to_columns(related: Iterable[Related]) -> dict[str, pa.Table]:
    """Return the local tables of all articles, in the order they come."""
    held: dict[str, dict[str, list[Any]]] = {table: {name: [] for name in names} for table, names in SCHEMAS.items()}
    for one in related:
        for table, make in _MAKERS.items():
            columns = held[table]
            for row in make(one):
                for name, values in columns.items():
                    values.append(row[name])
    return {
        table: pa.table({name: pa.array(held[table][name], kind) for name, kind in names.items()})
        for table, names in SCHEMAS.items()
    }


_ALONE = {"duplicate_of": None, "family_id": None, "family_reason": None}  # until all articles are compared


def _articles(related: Related) -> Rows:
    article = related.article
    row = {name: getattr(article, name) for name in SCHEMAS["articles"] if hasattr(article, name)}
    yield {**row, "n_units": len(related.units), "n_words": len(article.text.split()), **_ALONE}


def _unit_id(related: Related, unit: Unit) -> str:
    return stable_id("units", related.article.article_id, unit.raw_start, unit.raw_end)


def _units(related: Related) -> Rows:
    for unit in related.units:
        row = {name: getattr(unit, name) for name in SCHEMAS["units"] if hasattr(unit, name)}
        yield {
            **row,
            "unit_id": _unit_id(related, unit),
            "article_id": related.article.article_id,
            "section": list(unit.section),
        }


def _records(related: Related, table: str) -> tuple[Organization | Place | DateRecord | Agreement | Proposition, ...]:
    found: tuple[Any, ...] = getattr(related, "propositions" if table == "claims" else table)
    return found


def _maker(table: str) -> Callable[[Related], Rows]:
    def rows(related: Related) -> Rows:
        for local, record in enumerate(_records(related, table)):
            row = {name: getattr(record, name) for name in SCHEMAS[table] if hasattr(record, name)}
            if isinstance(record, Agreement):
                row["parties"] = [
                    {"name": party.name, "kind": party.kind, "record": party.record} for party in record.parties
                ]
            yield {**row, "article_id": related.article.article_id, "local": local}

    return rows


def _evidence(related: Related) -> Rows:
    article, units = related.article, {unit.ordinal: unit for unit in related.units}
    for table in ("organizations", "places", "dates", "agreements", "claims"):
        for local, record in enumerate(_records(related, table)):
            for item in record.evidence:
                unit = units[item.unit]
                yield {
                    **_place(related, unit, item),
                    "article_id": article.article_id,
                    "local": local,
                    "table": table,
                    "unit_id": _unit_id(related, unit),
                }


def _place(related: Related, unit: Unit, item: Evidence) -> dict[str, Any]:
    """Return where the evidence stands in the text and in the bytes."""
    if unit.start is None:
        raise ValueError(f"{related.article.source}: evidence in unit {unit.ordinal}, which was removed")
    text, start, end = related.article.text, unit.start + item.start, unit.start + item.end
    raw_start, raw_end = related.article.offsets.span(start, end)
    return {
        "field": item.field,
        "value": item.value,
        "start": start,
        "end": end,
        "raw_start": raw_start,
        "raw_end": raw_end,
        "quote": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
        "rule_id": item.rule_id,
        "detector": item.detector,
        "confidence": item.confidence,
    }


_MAKERS: dict[str, Callable[[Related], Rows]] = {
    "articles": _articles,
    "units": _units,
    **{table: _maker(table) for table in ("organizations", "places", "dates", "agreements", "claims")},
    "evidence": _evidence,
}
