"""Records of single articles as columns, a batch at a time, so that no list of all rows is ever held."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator

import pyarrow as pa

from pipeline.errors import IntegrityError
from pipeline.records import Related
from pipeline.tables import articles, units
from pipeline.tables.arrow import arrow_schema
from pipeline.tables.row import Table

Rows = Callable[[Related], Iterator[dict[str, object]]]
_MAKERS: tuple[tuple[Table, Rows], ...] = ((articles.ARTICLES, articles.rows), (units.UNITS, units.rows))
_BATCH = 1_000  # articles


def to_columns(related: Iterable[Related]) -> dict[str, pa.Table]:
    """Return the columns of `articles` and `units`.

    Raises:
        IntegrityError: a row lacks a column, or has one that its table does not know.
    """
    chunks: dict[str, list[pa.Table]] = {table.name: [] for table, _ in _MAKERS}
    stream = iter(related)
    while batch := list(itertools.islice(stream, _BATCH)):
        for table, rows in _MAKERS:
            chunks[table.name].append(_columns(table, [row for one in batch for row in rows(one)]))
    empty = {table.name: _open_schema(table).empty_table() for table, _ in _MAKERS}
    return {name: pa.concat_tables([empty[name], *some]) for name, some in chunks.items()}


def _open_schema(table: Table) -> pa.Schema:
    return pa.schema([field.with_nullable(True) for field in arrow_schema(table)])


def _columns(table: Table, rows: list[dict[str, object]]) -> pa.Table:
    """Build columns; `from_pylist` would hide missing and unknown keys, so they are looked for first."""
    known = set(table.row.model_fields)
    if odd := next((row.keys() ^ known for row in rows if row.keys() != known), None):
        raise IntegrityError(f"{table.name}: columns missing or unknown: {', '.join(sorted(odd))}")
    return pa.Table.from_pylist(rows, _open_schema(table))
