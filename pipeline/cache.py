"""Results of single articles, kept by content, so that a run works again only on what changed.

The key is made of all that decides the result: where the article came from, its bytes, what is known of it from
outside, and a fingerprint of code, rules, model and settings. A file is written beside and renamed, so a half-written
one is never read. The folder is disposable.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
from dataclasses import dataclass
from pathlib import Path

from pipeline.records import RawArticle, Reject, Related


@dataclass(frozen=True, slots=True)
class Cache:
    """Results under `folder` for one fingerprint of code, rules, model and settings."""

    folder: Path
    fingerprint: str

    @property
    def shelf(self) -> Path:
        """The folder of this fingerprint's results."""
        return self.folder / self.fingerprint[:16]

    def path(self, article: RawArticle) -> Path:
        """Return where the result of `article` is kept."""
        known = repr(sorted(article.metadata.items()))
        parts = "\x00".join((self.fingerprint, article.source, article.sha256, article.media_type, known))
        name = hashlib.sha256(parts.encode("utf-8", "surrogatepass")).hexdigest()
        return self.shelf / name[:2] / f"{name}.pickle"

    def get(self, article: RawArticle) -> Related | Reject | None:
        """Return the kept result of `article`, or None; what a failing disk has damaged is worked out again."""
        try:
            result: Related | Reject = pickle.loads(self.path(article).read_bytes())
        except (FileNotFoundError, EOFError, pickle.UnpicklingError):
            return None
        return result

    def put(self, article: RawArticle, result: Related | Reject) -> None:
        """Keep `result`."""
        path = self.path(article)
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_suffix(f".{os.getpid()}.new")
        beside.write_bytes(pickle.dumps(result, protocol=5))
        beside.replace(path)

    def drop_others(self) -> None:
        """Remove the results of other fingerprints: code, rules, model or settings that are no more."""
        for shelf in self.folder.iterdir() if self.folder.is_dir() else ():
            if shelf != self.shelf:
                shutil.rmtree(shelf, ignore_errors=True)
