"""Put the kept blocks together: the cleaned text, its way back to the bytes, and what is known about the article."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import cast

from pipeline.clean.block import Block
from pipeline.cleaned import CleanBlock
from pipeline.offsets import OffsetMap
from pipeline.records import UnitKind

_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_KEYS = {
    "title": "title", "url": "url", "permalink": "url", "canonical": "url", "canonical_url": "url", "date": "published",
    "published": "published", "pubdate": "published", "publish_date": "published",
}  # fmt: skip
_KEY = re.compile(rf"({'|'.join(_KEYS)})\s*[:=]\s(.{{1,500}})", re.I)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)")
_DAY = re.compile(r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)? ([A-Z][a-z]{2,8})\.?,? (\d{4})(?!\d)")
_MONTH = re.compile(r"\b([A-Z][a-z]{2,8})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)")


def assemble(blocks: list[Block], decoded: OffsetMap) -> tuple[str, OffsetMap, tuple[CleanBlock, ...]]:
    """Join the kept blocks by line breaks and compose their maps down to the bytes."""
    texts: list[str] = []
    maps: list[OffsetMap] = []
    out: list[CleanBlock] = []
    at = 0
    for block in blocks:
        raw_start, raw_end = int(decoded.starts[block.start]), int(decoded.ends[block.end - 1])
        start = None if block.residue else at
        if start is not None:
            texts.append(block.text)
            maps.append(block.offsets)
            at += len(block.text) + 1
        end = None if start is None else start + len(block.text)
        table = block.kind if block.kind in ("column", "cell") else None
        out.append(
            CleanBlock(
                unit_kind(block), block.residue, block.rule_id, block.text, start, end, raw_start, raw_end,
                block.level, block.group, block.header, table,
            )
        )  # fmt: skip
    return "\n".join(texts), OffsetMap.join(maps).through(decoded), tuple(out)


def unit_kind(block: Block) -> UnitKind:
    """Return the kind of unit a block becomes."""
    if block.residue:
        return "residue"
    kinds = {"text": "sentence", "column": "heading", "cell": "item", "furniture": "residue"}
    return cast(UnitKind, kinds.get(block.kind, block.kind))


def front_matter_of(blocks: list[Block]) -> dict[str, str]:
    """Return title, url and published as the YAML head of a Markdown text gives them."""
    found: dict[str, str] = {}
    for block in blocks:
        match = _KEY.match(block.text) if block.rule_id == "residue.mark_up_front_matter" else None
        if match is not None and (value := match[2].strip().strip("\"'")):
            found.setdefault(_KEYS[match[1].casefold()], value)
    return found


def find_date(text: str) -> date | None:
    """Return the first calendar day written out in `text`."""
    for pattern, order in ((_ISO, "ymd"), (_DAY, "dmy"), (_MONTH, "mdy")):
        for match in pattern.finditer(text[:2000]):
            parts = dict(zip(order, match.groups(), strict=True))
            month = parts["m"].casefold()[:3]
            number = int(month) if month.isdigit() else _MONTHS.index(month) + 1 if month in _MONTHS else 0
            found = _day(int(parts["y"]), number, int(parts["d"]))
            if found is not None:
                return found
    return None


def _day(year: int, month: int, day: int) -> date | None:
    if not (1 <= month <= 12 and 1 <= day <= 31 and year >= 1):
        return None
    last = (datetime(year + month // 12, month % 12 + 1, 1) - datetime(year, month, 1)).days if year < 9999 else 28
    return date(year, month, day) if day <= last else None
