"""rows → processed/: every file is written beside and renamed, the manifest goes first and comes last.

A run that is killed while it renames leaves whole files and no manifest, which readers refuse; the next run mends it.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

MANIFEST = "manifest.json"
_ROW_GROUP = 65_536  # rows; fixed, since it decides the bytes


def write(
    tables: Mapping[str, pa.Table], out: Path, *, manifest: Callable[[dict[str, str]], Mapping[str, Any]]
) -> dict[str, Any]:
    """Replace the tables in `out` and return the manifest that was written.

    Args:
        tables: checked and sorted.
        out: made if it is not there; other files in it stay as they are.
        manifest: given the SHA-256 of each table's file, returns what manifest.json holds.
    """
    beside = out / ".new"
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, table in tables.items():
        _write_table(table, beside / f"{name}.parquet")
    written = dict(manifest({name: _sha256(beside / f"{name}.parquet") for name in tables}))
    (beside / MANIFEST).write_text(json.dumps(written, indent=2, ensure_ascii=False) + "\n", "utf-8")
    (out / MANIFEST).unlink(missing_ok=True)
    for name in tables:
        (beside / f"{name}.parquet").replace(out / f"{name}.parquet")
    (beside / MANIFEST).replace(out / MANIFEST)
    beside.rmdir()
    return written


def _write_table(table: pa.Table, path: Path) -> None:
    with path.open("wb") as file:
        pq.write_table(table, file, compression="zstd", row_group_size=_ROW_GROUP, version="2.6", write_statistics=True)
        file.flush()
        os.fsync(file.fileno())


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
