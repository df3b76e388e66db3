"""Find the files to read and take their bytes, unpacked, within the limits."""

from __future__ import annotations

import hashlib
import os
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path

from pipeline.errors import InputError
from pipeline.read.settings import ReadSettings
from pipeline.records import MediaType

MEDIA_TYPES: dict[str, MediaType] = {
    ".txt": "text/plain",
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".html": "text/html",
    ".htm": "text/html",
    ".jsonl": "application/json",
    ".ndjson": "application/json",
}
_CHUNK = 1 << 20


def digest(raw: bytes) -> str:
    """Return the SHA-256 of `raw` in hex."""
    return hashlib.sha256(raw).hexdigest()


def find_files(sources: Iterable[Path]) -> Iterator[Path]:
    """Yield files of `sources`, folders walked in sorted order; hidden files are left out.

    A folder that cannot be listed, or was entered before by another way (a loop of links), is yielded itself, so that
    `load` refuses it and nothing is lost without a word.
    """
    for source in sources:
        if source.is_dir():
            yield from _walk(source, set())
        else:
            yield source


def _walk(folder: Path, seen: set[tuple[int, int]]) -> Iterator[Path]:
    status = folder.stat()
    key = (status.st_dev, status.st_ino)
    if key in seen or not os.access(folder, os.R_OK | os.X_OK):
        yield folder
        return
    seen.add(key)
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        path = Path(entry.path)
        if entry.name.startswith("."):
            continue
        if path.is_dir():
            yield from _walk(path, seen)
        else:
            yield path


def load(path: Path, *, settings: ReadSettings) -> tuple[bytes, MediaType]:
    """Return the unpacked bytes of `path` and its media type.

    Raises:
        InputError: `link_loop`, `media_type`, `unreadable`, `too_large`, `gzip`.
    """
    if path.is_dir():
        known = os.access(path, os.R_OK | os.X_OK)
        raise InputError(
            "link_loop" if known else "unreadable",
            f"{path.name}: {'a folder that was read by another way' if known else 'folder cannot be listed'}",
        )
    suffixes = [suffix.lower() for suffix in path.suffixes[-2:]]
    packed = bool(suffixes) and suffixes[-1] == ".gz"
    kind = suffixes[-2] if packed and len(suffixes) > 1 else suffixes[-1] if suffixes else ""
    if kind not in MEDIA_TYPES:
        raise InputError(
            "media_type", f"{path.name}: a file name ends in one of {', '.join(MEDIA_TYPES)} (or these with .gz)"
        )
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise InputError("unreadable", f"{path.name}: not a regular file")
        if size > settings.max_bytes:
            raise InputError("too_large", f"{size} bytes, max_bytes is {settings.max_bytes}")
        raw = path.read_bytes()
    except OSError as error:
        raise InputError("unreadable", f"{path.name}: {error.strerror or error}") from error
    return (unpack(raw, limit=settings.max_unpacked_bytes) if packed else raw), MEDIA_TYPES[kind]


def unpack(packed: bytes, *, limit: int) -> bytes:
    """Unpack gzip (one or more members), never holding more than `limit` bytes and a chunk.

    Raises:
        InputError: `gzip` (not gzip, damaged or truncated) or `too_large`.
    """
    out: list[bytes] = []
    total = 0
    while packed:
        stream = zlib.decompressobj(wbits=31)
        while not stream.eof:
            try:
                part = stream.decompress(packed, _CHUNK)
            except zlib.error as error:
                raise InputError("gzip", f"damaged after {total} unpacked bytes: {error}") from error
            packed = stream.unconsumed_tail
            total += len(part)
            if total > limit:
                raise InputError("too_large", f"unpacks to more than max_unpacked_bytes {limit}")
            if not part and not packed and not stream.eof:
                raise InputError("gzip", f"truncated after {total} unpacked bytes")
            out.append(part)
        packed = stream.unused_data.lstrip(b"\0")
    return b"".join(out)
