"""read: files → RawArticle. The only stage that touches the disk; every input becomes articles or a reject.

    read(sources, *, root, settings=ReadSettings()) -> Iterator[RawArticle | Reject]

`sources` are files or folders (walked in sorted order, links followed once). A file ends in .txt, .md, .markdown,
.html, .htm, .jsonl, .ndjson, each also with .gz. `RawArticle.raw` are the unpacked bytes of the file or of one line of
a JSONL file; `source` is the path under `root`, with `#<line>` (from 1) for a line. What is known from outside the text
stands in `metadata`: `title`, `url`, `published`, and for a JSONL line `json_field` and `json_type`, where its text is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.files import MEDIA_TYPES, digest, find_files, load
from pipeline.read.jsonl import read_lines
from pipeline.read.settings import ReadSettings
from pipeline.records import MediaType, RawArticle, Reject

__all__ = ["MEDIA_TYPES", "ReadSettings", "read", "read_bytes", "read_file"]

_DEFAULT = ReadSettings()


def read(sources: Iterable[Path], *, root: Path, settings: ReadSettings = _DEFAULT) -> Iterator[RawArticle | Reject]:
    """Yield the articles of `sources` in sorted order, and a reject for each input that cannot be used."""
    for path in find_files(sources):
        yield from read_file(path, root=root, settings=settings)


def read_file(path: Path, *, root: Path, settings: ReadSettings = _DEFAULT) -> Iterator[RawArticle | Reject]:
    """Yield what one file holds: one article, one per JSONL line, or a reject."""
    source = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.as_posix()
    if source != (printable := source.encode("utf-8", "backslashreplace").decode("utf-8")):
        yield Reject(printable, None, "read", "name", "the name of the file is not UTF-8")
        return
    try:
        raw, media_type = load(path, settings=settings)
    except InputError as error:
        yield Reject(source, None, error.stage, error.code, error.message)
        return
    if media_type == "application/json":
        yield from read_lines(raw, source=source, settings=settings)
    elif len(raw) > settings.max_article_bytes:
        message = f"{len(raw)} bytes, max_article_bytes is {settings.max_article_bytes}"
        yield Reject(source, digest(raw), "read", "too_large", message)
    else:
        yield read_bytes(raw, source=source, media_type=media_type)


def read_bytes(raw: bytes, *, source: str, media_type: MediaType) -> RawArticle:
    """Wrap bytes that are at hand as one article."""
    return RawArticle(source, raw, media_type, digest(raw))
