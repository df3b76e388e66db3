"""Writing: the same rows give the same bytes, and what is there is whole at every moment."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from pipeline.errors import ConfigError
from pipeline.verify import read_tables
from pipeline.write import write


def test_same_rows_same_bytes(tables: dict[str, pa.Table], tmp_path: Path) -> None:
    hashes: list[dict[str, str]] = []
    for name in ("one", "two"):
        write(tables, tmp_path / name, manifest=lambda found: hashes.append(found) or {"sha256": {"tables": found}})
    assert hashes[0] == hashes[1]


def test_a_failure_leaves_the_old_tables(processed: Path, tables: dict[str, pa.Table]) -> None:
    before = {file.name: file.read_bytes() for file in processed.iterdir()}

    def fail(_: dict[str, str]) -> dict[str, str]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write({**tables, "places": tables["places"].slice(0, 0)}, processed, manifest=fail)
    assert {file.name: file.read_bytes() for file in processed.iterdir() if file.is_file()} == before


def test_a_run_killed_while_renaming_is_not_read(processed: Path) -> None:
    (processed / "manifest.json").unlink()
    with pytest.raises(ConfigError, match="no finished run"):
        read_tables(processed)
