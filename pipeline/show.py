"""One record and each place it stands, as text: the sentence, and a line of carets under the words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from pipeline.errors import ConfigError
from pipeline.ids import PREFIXES
from pipeline.tables import TABLES
from pipeline.verify import read_tables

_TABLE_OF = {prefix: table for table, prefix in PREFIXES.items()}
_PLACES = """
    SELECT a.source, u.text AS sentence, u.start AS unit_start, e.* FROM evidence e
    JOIN units u USING (unit_id) JOIN articles a ON a.article_id = e.article_id
    WHERE e.row_id = ? OR e.evidence_id = ? ORDER BY a.source, e.start, e."end", e.field NULLS FIRST, e.evidence_id"""


def show(record_id: str, *, processed: Path) -> Iterator[str]:
    """Yield the lines about one record. An id that was merged into another leads to that one, and says so.

    Raises:
        ConfigError: there is no such record, or no finished run.
    """
    with duckdb.connect() as db:
        for name, table in read_tables(processed).items():
            db.register(name, table)
        for old_id, new_id, detail in db.execute(
            "SELECT old_id, new_id, detail FROM redirects WHERE old_id = ?", [record_id]
        ).fetchall():
            yield f"{old_id} is now {new_id} ({detail})"
            record_id = new_id
        yield from _record(db, record_id)
        merged = db.execute("SELECT old_id, detail FROM redirects WHERE new_id = ? ORDER BY old_id", [record_id])
        for old_id, detail in merged.fetchall():
            yield f"holds {old_id}: {detail}"
        places = _dicts(db.execute(_PLACES, [record_id, record_id]))
        if places:
            units = len({place["unit_id"] for place in places})
            yield f"\nstands in {units} place{'s' * (units > 1)}:"
        for place in places:
            yield from _place(place)


def _record(db: duckdb.DuckDBPyConnection, record_id: str) -> Iterator[str]:
    table = next((spec for spec in TABLES if spec.name == _TABLE_OF.get(record_id.partition("_")[0])), None)
    rows = [] if table is None else _dicts(db.execute(f"SELECT * FROM {table.name} WHERE {table.key} = ?", [record_id]))
    if not rows:
        raise ConfigError(f"{record_id}: no such record; ids look like agr_0123456789abcdef")
    width = max(map(len, rows[0]))
    for column, value in rows[0].items():
        if value is not None and value != [] and not (column == "text" and record_id.startswith("art_")):
            yield f"{column:<{width}}  {_plain(value)}"


def _place(place: dict[str, Any]) -> Iterator[str]:
    """Yield where, which field, the sentence on one line, and carets under the quote."""
    supports = "mention" if place["field"] is None else f"{place['field']} = {place['value']}"
    yield f"\n{place['source']}  bytes {place['raw_start']}:{place['raw_end']}  {supports}"
    at = place["start"] - place["unit_start"]
    line = place["sentence"].translate({9: " ", 10: " ", 13: " "})
    yield f"    {line}"
    yield f"    {' ' * at}{'^' * (place['end'] - place['start'])}"
    yield f"    by {place['rule_id']} ({place['detector']}, confidence {place['confidence']:.2f})"


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(map(_plain, value))
    if isinstance(value, dict):
        return ", ".join(_plain(part) for part in value.values() if part is not None)
    return f"{value:.3f}" if isinstance(value, float) else str(value)


def _dicts(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description or ()]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
