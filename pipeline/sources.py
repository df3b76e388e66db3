"""From the `source` of an article back to its raw bytes: a file, unpacked if it is a .gz, or a line of a JSONL file."""

from __future__ import annotations

import codecs
import gzip
import re
from functools import lru_cache
from pathlib import Path

from pipeline.errors import IntegrityError

_LINE = re.compile(r"^(?P<file>.+\.(?:jsonl|ndjson)(?:\.gz)?)#(?P<line>[1-9][0-9]*)$", re.IGNORECASE)


def raw_bytes(raw: Path, source: str) -> bytes:
    """Return the raw bytes that `source` names below the folder `raw`.

    Raises:
        IntegrityError: the file or the line is not there any more.
    """
    match = _LINE.match(source)
    try:
        if match is None:
            return _unpacked(raw / source)
        path = raw / match["file"]
        lines = _lines(path, path.stat().st_mtime_ns)
    except (OSError, EOFError) as error:
        raise IntegrityError(f"{source}: cannot be read again: {error}") from error
    number = int(match["line"])
    if number > len(lines):
        raise IntegrityError(f"{source}: the file has {len(lines)} lines")
    line = lines[number - 1].removesuffix(b"\r")
    return line.removeprefix(codecs.BOM_UTF8) if number == 1 else line


def _unpacked(path: Path) -> bytes:
    data = path.read_bytes()
    return gzip.decompress(data) if path.suffix.lower() == ".gz" else data


@lru_cache(maxsize=2)  # the lines of one file are asked for one after the other
def _lines(path: Path, changed: int) -> list[bytes]:
    return _unpacked(path).split(b"\n")
