"""Read texts with the stages of one article and give back mentions as stretches of the text; what the scorers share."""

from __future__ import annotations

import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from pipeline.config import Settings
from pipeline.ledger import Clock
from pipeline.read import read_bytes
from pipeline.records import Agreement, Organization, Place, RawArticle, Reject, Related
from pipeline.run import one_article
from pipeline.tools import load_tools

Read = Callable[[Iterable[RawArticle]], Iterator[Related]]
Record = Organization | Place | Agreement


@dataclass(frozen=True, slots=True)
class Stretch:
    """Characters `start:end` of the raw text that a record stands in."""

    start: int
    end: int
    text: str
    record: Record


def plain(text: str, source: str) -> RawArticle:
    """Return a plain text as an article."""
    article = read_bytes(text.encode(), source=source, media_type="text/plain")
    if isinstance(article, Reject):
        raise ValueError(f"{source}: {article.message}")
    return article


def reader(settings: Settings) -> Read:
    """Return what takes articles through the stages; rules and model are loaded once, now."""
    tools = load_tools(settings)

    def read(articles: Iterable[RawArticle]) -> Iterator[Related]:
        return (one_article(article, tools=tools, clock=Clock()) for article in articles)

    return read


def stretches(related: Related, records: Iterable[Record]) -> list[Stretch]:
    """Return where the records stand, in order; offsets count characters of the raw UTF-8 text."""
    raw = related.article.raw
    ends: list[int] = [0]
    for char in raw.decode():
        ends.append(ends[-1] + len(char.encode()))
    units = {unit.ordinal: unit for unit in related.units}
    found = []
    for record in records:
        for one in record.evidence:
            unit = units[one.unit]
            if one.field is None and unit.start is not None:
                first, last = related.article.offsets.span(unit.start + one.start, unit.start + one.end)
                start, end = bisect.bisect_left(ends, first), bisect.bisect_left(ends, last)
                found.append(Stretch(start, end, unit.text[one.start : one.end], record))
    return sorted(found, key=lambda one: (one.start, one.end))


def overlaps(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two stretches share a character."""
    return one[0] < other[1] and other[0] < one[1]


def figures(count: Counter[str]) -> dict[str, float]:
    """Return precision, recall and F1 of the counters `hits`, `found` and `wanted`."""
    hits, found, wanted = count["hits"], count["found"], count["wanted"]
    return {
        "precision": hits / max(1, found),
        "recall": hits / max(1, wanted),
        "f1": 2 * hits / max(1, found + wanted),
    }
