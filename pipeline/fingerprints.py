"""Hashes of all that decides a result: code, rules, model, settings, libraries."""

from __future__ import annotations

import hashlib
import importlib.metadata
import importlib.util
from collections.abc import Iterable
from pathlib import Path

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.nlp import SHIPPED

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
RESOLVING = ("rensa", "rapidfuzz")  # those that only the records of the whole corpus depend on
_CORPUS = frozenset({"dedupe", "tables", "write", "engine"})  # packages that no result of a single article depends on


def fingerprint(files: Iterable[Path], *words: str) -> str:
    """Return a hash of the contents of `files`, in the order of their paths, and of `words`."""
    digest = hashlib.sha256("\x00".join(words).encode())
    for file in sorted(files):
        digest.update(hashlib.sha256(file.read_bytes()).digest())
    return digest.hexdigest()


def fingerprints(settings: Settings) -> dict[str, str]:
    """Return the hashes of the code, the rules, the model, and of all that decides the records of one article.

    Raises:
        ConfigError: there is no such model.
    """
    code = list(PACKAGE.rglob("*.py"))
    rules = fingerprint(PACKAGE.glob("rules/**/*.yml"))
    alone = [file for file in code if file.relative_to(PACKAGE).parts[0] not in _CORPUS]
    model = fingerprint(model_files(settings.model))
    versions = [f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES]
    words = [f"use_lexicon {settings.use_lexicon}"]
    return {
        "code": fingerprint(code),
        "rules": rules,
        "model": model,
        "articles": fingerprint(alone, rules, model, *versions, *words),
    }


def model_files(name: str | None) -> list[Path]:
    """Return the files of the model that ships, or of the folder or installed package `name`.

    Raises:
        ConfigError: there is no such model.
    """
    folder = SHIPPED if name is None else Path(name)
    if not folder.is_dir() and name is not None and (spec := importlib.util.find_spec(name)) and spec.origin:
        folder = Path(spec.origin).parent
    if not folder.is_dir():
        raise ConfigError(f"model {name or SHIPPED}: no such folder or package")
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
