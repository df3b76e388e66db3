"""Hashes of all that decides a result: code, rules, model, settings, libraries."""

from __future__ import annotations

import hashlib
import importlib.metadata
from collections.abc import Iterable
from pathlib import Path

from pipeline.config import Settings

PACKAGE = Path(__file__).parent
LIBRARIES = (
    "spacy",
    "pyarrow",
    "pydantic",
    "duckdb",
    "onnxruntime",
    "numpy",
    "tokenizers",
    "charset-normalizer",
    "trafilatura",
)
_CORPUS = frozenset({"dedupe", "tables", "write", "engine"})  # packages that no result of a single article depends on


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return a hash of the contents of `files`, in the order of their paths, and of `words`."""
    digest = hashlib.sha256("\x00".join(words).encode())
    for file in sorted(files):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fingerprints(settings: Settings) -> dict[str, str]:
    """Return the hashes of the code, of the rules, and of what decides the records of one article (`articles`)."""
    code = list(PACKAGE.rglob("*.py"))
    rules = fingerprint(PACKAGE.glob("rules/**/*.yml"))
    alone = [file for file in code if file.relative_to(PACKAGE).parts[0] not in _CORPUS]
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    return {"code": fingerprint(code), "rules": rules, "articles": fingerprint(alone, rules, *versions)}
