"""Resolved → tables: one file per table holds its row model; schema, casts, checks and the dictionary derive from it.

`tabulate` casts and checks the columns of the corpus and sorts them; `check` proves the tables against each other and
against the raw bytes. Both raise `IntegrityError` and change nothing on disk.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict

import pyarrow as pa

from pipeline.errors import IntegrityError
from pipeline.records import Reject
from pipeline.tables.agreements import AGREEMENTS
from pipeline.tables.arrow import arrow_schema, to_rows, to_table
from pipeline.tables.articles import ARTICLES
from pipeline.tables.claims import CLAIMS
from pipeline.tables.conflicts import CONFLICTS
from pipeline.tables.dates import DATES
from pipeline.tables.evidence import EVIDENCE
from pipeline.tables.integrity import check
from pipeline.tables.organizations import ORGANIZATIONS
from pipeline.tables.places import PLACES
from pipeline.tables.redirects import REDIRECTS
from pipeline.tables.rejects import REJECTS
from pipeline.tables.row import Row, Table
from pipeline.tables.units import UNITS

TABLES = (
    ARTICLES,
    UNITS,
    ORGANIZATIONS,
    PLACES,
    DATES,
    AGREEMENTS,
    CLAIMS,
    EVIDENCE,
    CONFLICTS,
    REJECTS,
    REDIRECTS,
)


def tabulate(columns: Mapping[str, pa.Table], *, rejects: Iterable[Reject]) -> dict[str, pa.Table]:
    """Return every table of TABLES, cast to its schema, value by value as its row model demands, sorted by key.

    Args:
        columns: the tables of the corpus stages, all but `rejects`.
        rejects: what could not be used.

    Raises:
        IntegrityError: a table is missing or unknown, or does not fit its row model.
    """
    rows = [REJECTS.row.model_validate(asdict(reject)).model_dump() for reject in rejects]
    given = {**columns, "rejects": pa.Table.from_pylist(rows, arrow_schema(REJECTS))}
    if odd := {table.name for table in TABLES} ^ set(given):
        raise IntegrityError(f"tables missing or unknown: {', '.join(sorted(odd))}")
    return {table.name: to_table(table, given[table.name]) for table in TABLES}


__all__ = ["TABLES", "Row", "Table", "arrow_schema", "check", "tabulate", "to_rows"]
