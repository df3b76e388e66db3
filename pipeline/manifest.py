"""manifest.json: what made the tables, so that a run can be told from another and repeated."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.config import Settings
from pipeline.fingerprints import LIBRARIES, RESOLVING
from pipeline.ledger import Ledger
from pipeline.tables.arrow import SCHEMA_VERSION
from pipeline.version import __version__

NAME = "manifest.json"
_UNRELATED = {"raw", "out", "workers", "batch_size"}  # settings that do not change the tables


def build_manifest(
    ledger: Ledger, *, settings: Settings, hashes: Mapping[str, str], tables: Mapping[str, str], rows: Mapping[str, int]
) -> dict[str, Any]:
    """Return the manifest of a run.

    Args:
        ledger: the books of the run.
        settings: its settings.
        hashes: SHA-256 of what decided the result, such as `code`, `rules`, `model`.
        tables: SHA-256 of each table's file.
        rows: number of rows of each table.
    """
    versions = {"code": __version__, "python": platform.python_version()}
    versions |= {name: importlib.metadata.version(name) for name in (*LIBRARIES, *RESOLVING)}
    dumped = settings.model_dump(mode="json")
    decided = [dict(hashes), dict(sorted(ledger.inputs.items())), {k: dumped[k] for k in dumped.keys() - _UNRELATED}]
    run_id = hashlib.sha256(json.dumps(decided, sort_keys=True).encode()).hexdigest()[:16]
    return {
        "run_id": f"run_{run_id}",
        "schema_version": SCHEMA_VERSION,
        "versions": versions,
        "settings": dumped,
        "sha256": {**hashes, "inputs": dict(sorted(ledger.inputs.items())), "tables": dict(tables)},
        "counts": {"offered": ledger.offered, "cached": ledger.cached, "stages": ledger.counts(), "rows": dict(rows)},
        "seconds": {stage: round(seconds, 3) for stage, seconds in ledger.clock.seconds.items()},
        "worker_seconds": {stage: round(seconds, 3) for stage, seconds in ledger.worked.items()},
    }


def read_manifest(processed: Path) -> dict[str, Any]:
    """Return the manifest of `processed`.

    Raises:
        FileNotFoundError: no run was finished there.
    """
    manifest: dict[str, Any] = json.loads((processed / NAME).read_text("utf-8"))
    return manifest
