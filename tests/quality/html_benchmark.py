"""Main content of HTML pages, ours and trafilatura's side by side.

    python tests/quality/html_benchmark.py FOLDER

FOLDER holds ground-truth.json ({name: {"articleBody": …}}) and html/<name>.html.gz. Score: F1 of 4-token shingles, from
the mean over pages of precision and of recall.
"""

from __future__ import annotations

import gzip
import json
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from trafilatura import extract

from pipeline.clean import load_rules, structure
from pipeline.read import read_bytes

_TOKEN = re.compile(r"\w+", re.UNICODE)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Return the 4-token shingles of `text`, as the article extraction benchmark counts them."""
    words = _TOKEN.findall(text)
    return Counter(tuple(words[at : at + 4]) for at in range(max(1, len(words) - 3))) if words else Counter()


def measure(pages: list[tuple[bytes, str]], reader: Callable[[bytes], str]) -> dict[str, float]:
    """Return F1, precision and recall, and MB/s, of `reader` over pages (bytes, body)."""
    precisions: list[float] = []
    recalls: list[float] = []
    began = time.perf_counter()
    texts = [reader(raw) for raw, _ in pages]
    seconds = time.perf_counter() - began
    for text, (_, body) in zip(texts, pages, strict=True):
        found, wanted = shingles(text), shingles(body)
        common = (found & wanted).total()
        precisions.append(common / found.total() if found else 0.0)
        recalls.append(common / wanted.total() if wanted else 0.0)
    p, r = sum(precisions) / len(pages), sum(recalls) / len(pages)
    size = sum(len(raw) for raw, _ in pages) / 1e6
    return {"f1": 2 * p * r / (p + r), "precision": p, "recall": r, "mb_per_s": size / seconds}


def ours(raw: bytes) -> str:
    """Return the body of a page in any language: its kept blocks but the title."""
    _, blocks, _ = structure(read_bytes(raw, source="page", media_type="text/html"), rules=load_rules())
    return "\n".join(block.text for block in blocks if not block.residue and block.kind != "title")


def theirs(raw: bytes) -> str:
    """Return trafilatura's text of a page."""
    return extract(raw, include_comments=False) or ""


def main(folder: Path) -> None:
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    pages = [
        (gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes()), entry["articleBody"])
        for name, entry in sorted(truth.items())
    ]
    for name, reader in (("ours", ours), ("trafilatura", theirs)):
        print(name, {key: round(value, 4) for key, value in measure(pages, reader).items()})


if __name__ == "__main__":
    main(Path(sys.argv[1]))
