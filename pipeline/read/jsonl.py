"""One article per line of a JSONL file; a broken line is a reject, the others go on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from json import JSONDecodeError

from pipeline.read.files import digest
from pipeline.read.settings import ReadSettings
from pipeline.records import RawArticle, Reject


def read_lines(raw: bytes, *, source: str, settings: ReadSettings) -> Iterator[RawArticle | Reject]:
    """Yield the article of each non-blank line; `source` gets `#<line>`, counted from 1."""
    start, number = 0, 0
    while start < len(raw):
        number += 1
        cut = raw.find(b"\n", start)
        end = len(raw) if cut < 0 else cut
        line = raw[start:end].removesuffix(b"\r")
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield _read_line(line, source=f"{source}#{number}", settings=settings)
        start = end + 1


def _read_line(line: bytes, *, source: str, settings: ReadSettings) -> RawArticle | Reject:
    def reject(code: str, message: str) -> Reject:
        return Reject(source, digest(line), "read", code, message)

    if len(line) > settings.max_article_bytes:
        return reject("too_large", f"{len(line)} bytes, max_article_bytes is {settings.max_article_bytes}")
    try:
        record = json.loads(line.decode("utf-8"))
    except UnicodeDecodeError as error:
        return reject("encoding", f"not UTF-8: {error.reason} at byte {error.start}")
    except JSONDecodeError as error:
        return reject("json", f"{error.msg} at character {error.pos}")
    except RecursionError:
        return reject("json", "nested too deeply")
    if not isinstance(record, dict):
        return reject("json", f"a line holds an object, not a {type(record).__name__}")
    for field, media_type in ((settings.text_field, "text/plain"), (settings.html_field, "text/html")):
        if isinstance(record.get(field), str) and record[field].strip():
            metadata = {"json_field": field, "json_type": media_type} | _metadata(record, settings)
            return RawArticle(source, line, "application/json", digest(line), metadata)
    return reject("json", f"no text in field {settings.text_field!r} or {settings.html_field!r}")


def _metadata(record: dict[str, object], settings: ReadSettings) -> dict[str, str]:
    names = {"title": settings.title_field, "url": settings.url_field, "published": settings.published_field}
    values = {name: record.get(field) for name, field in names.items()}
    return {name: value.strip() for name, value in values.items() if isinstance(value, str) and value.strip()}
