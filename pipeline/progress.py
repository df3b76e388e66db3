"""How far a run is, and what it came to: a bar on a terminal, plain lines elsewhere, and a summary at the end."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pyarrow.compute as pc
import pyarrow.parquet as pq
from tqdm import tqdm

Result = TypeVar("Result")
_EVERY = 10.0  # seconds between two lines of a log
_log = logging.getLogger("claimledger")


def watch(results: Iterable[Result], raw: Path) -> Iterator[Result]:
    """Pass `results` on, showing how many there are. The time left is known where every file is one article."""
    if sys.stderr.isatty():
        files = [path for path in raw.rglob("*") if path.is_file()]
        packs = any(".jsonl" in path.name or ".ndjson" in path.name for path in files)
        yield from tqdm(results, total=None if packs else len(files), unit=" articles")
        return
    begin = last = time.monotonic()
    _log.info("reading %s", raw)
    number = 0
    for number, result in enumerate(results, start=1):
        if time.monotonic() - last > _EVERY:
            last = time.monotonic()
            _log.info("%d articles, %.1f a second", number, number / (last - begin))
        yield result
    _log.info("%d articles, now all together", number)


def summary(manifest: dict[str, Any], out: Path) -> Iterator[str]:
    """Yield the lines that end a run: articles, rows of each table, rejects by reason, seconds, words a second."""
    rows = manifest["counts"]["rows"]
    words = pc.sum(pq.read_table(out / "articles.parquet", columns=["n_words"])["n_words"]).as_py() or 0
    seconds = sum(manifest["seconds"].values())
    counts = manifest["counts"]
    unchanged = f" ({counts['cached']} unchanged)" if counts["cached"] else ""
    yield f"{counts['offered']} inputs → {rows['articles']} articles{unchanged}, {rows['rejects']} rejects"
    for name, count in rows.items():
        if name not in ("articles", "rejects"):
            yield f"  {name:<14}{count:>9,}"
    for reason in pc.value_counts(pq.read_table(out / "rejects.parquet")["code"].combine_chunks()).to_pylist():
        yield f"  rejected: {reason['values']} {reason['counts']}"
    yield f"{words:,} words in {seconds:.1f} s ({words / max(seconds, 0.001):,.0f} words/s) → {out}"
