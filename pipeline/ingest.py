"""Copy articles into raw/ under names that stay the same, and never over different content."""

from __future__ import annotations

import glob
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pipeline.errors import ConfigError
from pipeline.read import MEDIA_TYPES

SUFFIXES = tuple(MEDIA_TYPES)
_TYPES = {"text/html": ".html", "text/plain": ".txt", "text/markdown": ".md", "application/jsonl": ".jsonl"}
_TIMEOUT = 30  # seconds


@dataclass(frozen=True, slots=True)
class Ingested:
    """What was done with one source: `added`, `same` (already there), or `refused`, with the reason."""

    source: str
    target: str
    outcome: Literal["added", "same", "refused"]
    reason: str = ""


def ingest(sources: Iterable[str], *, raw: Path, max_bytes: int) -> Iterator[Ingested]:
    """Copy files, the articles of folders, globs and addresses into `raw`; yield what was done with each.

    A file keeps its name, a folder's files keep their path below it under the folder's name, an address becomes
    `<host>/<path>.<suffix of its type>`. The same content already there is left alone, different content refused.

    Raises:
        ConfigError: a source names nothing.
    """
    for source in sources:
        if re.match(r"https?://", source, re.IGNORECASE):
            yield _fetch(source, raw, max_bytes)
            continue
        for path, name in _expand(source):
            yield _copy(path, raw, name) if _usable(path.name) else _odd(path, name)


def _expand(source: str) -> Iterator[tuple[Path, Path]]:
    """Yield each file and its name under raw/."""
    found = (
        [Path(source)] if Path(source).exists() else [Path(hit) for hit in sorted(glob.glob(source, recursive=True))]
    )
    if not found:
        raise ConfigError(f"{source}: no such file, folder, or match")
    for path in found:
        if path.is_file():
            yield path, Path(path.name)
        elif path.is_dir():
            for folder, folders, names in os.walk(path):  # links to folders are not followed, so loops end
                folders.sort()
                for name in sorted(names):
                    file = Path(folder, name)
                    if _usable(name) and file.is_file():
                        yield file, Path(path.resolve().name, file.relative_to(path))


def _usable(name: str) -> bool:
    return name.lower().removesuffix(".gz").endswith(SUFFIXES)


def _odd(path: Path, name: Path) -> Ingested:
    return Ingested(str(path), str(name), "refused", f"not one of {' '.join(SUFFIXES)}, each also .gz")


def _copy(path: Path, raw: Path, name: Path) -> Ingested:
    try:
        content = path.read_bytes()
    except OSError as error:
        return Ingested(str(path), str(name), "refused", error.strerror or str(error))
    return _put(str(path), content, raw, name)


def _put(source: str, content: bytes, raw: Path, name: Path) -> Ingested:
    target = raw / name
    if target.exists():
        if target.read_bytes() == content:
            return Ingested(source, str(target), "same")
        return Ingested(source, str(target), "refused", "different content is already there")
    target.parent.mkdir(parents=True, exist_ok=True)
    beside = target.with_name(f".{target.name}.{os.getpid()}.new")
    beside.write_bytes(content)
    beside.replace(target)
    return Ingested(source, str(target), "added")


def _fetch(address: str, raw: Path, max_bytes: int) -> Ingested:
    request = urllib.request.Request(address, headers={"User-Agent": "claimledger", "Accept": "text/html, text/plain"})
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT) as response:
            kind = response.headers.get_content_type()
            content: bytes = response.read(max_bytes + 1)
    except (urllib.error.URLError, TimeoutError, ConnectionError) as error:
        return Ingested(address, "", "refused", str(error))
    if kind not in _TYPES:
        return Ingested(address, "", "refused", f"its type is {kind}")
    if len(content) > max_bytes:
        return Ingested(address, "", "refused", f"more than {max_bytes} bytes")
    return _put(address, content, raw, url_name(address, _TYPES[kind]))


def url_name(address: str, suffix: str) -> Path:
    """Return the name under raw/ of what stands at `address`: host, path and query with plain characters only."""
    parts = urlsplit(address)
    path = f"{parts.path}-{parts.query}" if parts.query else parts.path
    slug = re.sub(r"[^A-Za-z0-9]+", "-", path.removesuffix(suffix)).strip("-") or "index"
    return Path(re.sub(r"[^A-Za-z0-9.-]+", "-", parts.netloc.lower()), slug[:120] + suffix)
