"""Repeat every check of a finished run from the files alone: schemas, values, keys, references, quotes, raw bytes."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from pipeline.errors import ConfigError, IntegrityError
from pipeline.manifest import read_manifest
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, arrow_schema, check
from pipeline.tables.arrow import to_table


def read_tables(processed: Path) -> dict[str, pa.Table]:
    """Return the tables of `processed` as they stand.

    Raises:
        ConfigError: no run was finished there.
    """
    try:
        read_manifest(processed)
        return {table.name: pq.read_table(processed / f"{table.name}.parquet") for table in TABLES}
    except FileNotFoundError as error:
        raise ConfigError(f"{processed}: no finished run: {Path(error.filename or '').name} is not there") from error


def verify(processed: Path, *, raw: Path) -> dict[str, int]:
    """Check the tables of `processed` against their manifest, each other, and the raw files; return rows by table.

    Raises:
        ConfigError: no run was finished there.
        IntegrityError: something does not hold; the message says what and where.
    """
    tables = read_tables(processed)
    wanted = read_manifest(processed)["sha256"]["tables"]
    for table in TABLES:
        found = hashlib.sha256((processed / f"{table.name}.parquet").read_bytes()).hexdigest()
        if found != wanted.get(table.name):
            raise IntegrityError(f"{table.name}.parquet is not the file the manifest names: sha256 {found}")
        if not tables[table.name].schema.equals(arrow_schema(table), check_metadata=True):
            raise IntegrityError(f"{table.name}.parquet: its schema is not that of {table.row.__name__}")
        if to_table(table, tables[table.name]) != tables[table.name]:
            raise IntegrityError(f"{table.name}.parquet is not sorted by its key")
    check(tables, TABLES, raw_of=functools.partial(raw_bytes, raw))
    return {name: table.num_rows for name, table in tables.items()}
