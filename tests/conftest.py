"""Fixtures that several test files share."""

from __future__ import annotations

import functools
from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.records import Reject
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, check, tabulate
from pipeline.write import write
from tests.corpus import columns, raw_folder, rows


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw/ folder with one article."""
    return raw_folder(tmp_path)


@pytest.fixture
def tables() -> dict[str, pa.Table]:
    """The right tables of that article, and one reject."""
    return tabulate(columns(rows()), rejects=[Reject("b.txt", None, "read", "empty", "nothing but blanks in 0 bytes")])


@pytest.fixture
def processed(tmp_path: Path, raw: Path, tables: dict[str, pa.Table]) -> Path:
    """Those tables, checked and written."""
    check(tables, TABLES, raw_of=functools.partial(raw_bytes, raw))
    out = tmp_path / "processed"
    write(tables, out, manifest=lambda hashes: {"sha256": {"tables": hashes}})
    return out
