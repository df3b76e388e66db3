"""Fixtures that several test files share."""

from __future__ import annotations

import fcntl
import functools
import os
import shutil
from pathlib import Path

import pyarrow as pa
import pytest
from spacy.language import Language

from pipeline.config import Settings
from pipeline.records import Reject
from pipeline.run import run
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, check, tabulate
from pipeline.write import write
from tests.corpus import columns, raw_folder, rows

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The model that ships, loaded once for each test process."""
    from pipeline.nlp import load  # most tests need no model and start without it

    return load()


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the sample articles, made once for all test processes; the articles lie beside, in raw/sample."""
    shared = tmp_path_factory.getbasetemp()
    shared = shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared
    raw, out = shared / "ready" / "raw", shared / "ready" / "processed"
    with (shared / "ready.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (out / "manifest.json").exists():
            shutil.copytree(ROOT / "raw" / "sample", raw / "sample")
            run(Settings(raw=raw, out=out, workers=1))
    return out


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
