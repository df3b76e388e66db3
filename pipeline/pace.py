"""How fast clean and segment read each format, and whether ten times the text takes ten times the time."""

from __future__ import annotations

import html
import time
from collections.abc import Iterator, Sequence
from itertools import cycle

from pipeline.clean import clean_article
from pipeline.clean.residue import ResidueRules
from pipeline.read import read_bytes
from pipeline.records import MediaType, Unit
from pipeline.segment import segment_article

_SIZE = 100_000  # characters of the smaller text
_TIMES = 10


def pace(units: Sequence[Unit], *, rules: ResidueRules) -> Iterator[str]:
    """Yield one line for each format: the units written in it, repeated to a size, cleaned and segmented."""
    yield f"{'format':<15}{'MB/s':>10}{f'time of {_TIMES}x':>14}"
    formats: tuple[MediaType, ...] = ("text/plain", "text/markdown", "text/html")
    for media_type in formats:
        small = _written(units, _SIZE, media_type)
        large = b"\n\n".join([small] * _TIMES)
        once, often = _seconds(small, media_type, rules), _seconds(large, media_type, rules)
        yield f"{media_type:<15}{len(large) / 1e6 / often:>10.2f}{often / once:>13.1f}x"


def _written(units: Sequence[Unit], size: int, media_type: str) -> bytes:
    """Return the body of a document of about `size` characters."""
    lines: list[str] = []
    length = 0
    for unit in cycle(units):
        lines.append(_line(unit, media_type))
        length += len(unit.text)
        if length >= size:
            break
    return "\n\n".join(lines).encode()


def _line(unit: Unit, media_type: str) -> str:
    if media_type == "text/html":
        tag = {"title": "h1", "heading": "h2", "item": "li"}.get(unit.kind, "p")
        return f'<{tag} class="entry">{html.escape(unit.text)}</{tag}>'
    marks = {"title": "# ", "heading": "## ", "item": "- "} if media_type == "text/markdown" else {"item": "• "}
    return marks.get(unit.kind, "") + unit.text


def _seconds(body: bytes, media_type: MediaType, rules: ResidueRules) -> float:
    """Return the shortest of three times, of this process alone."""
    raw = read_bytes(body, source="pace", media_type=media_type)
    times: list[float] = []
    for _ in range(3):
        began = time.process_time()
        segment_article(clean_article(raw, rules=rules))
        times.append(time.process_time() - began)
    return min(times)
