"""A block: one stretch of the visible article as its format shows it, before and after residue is decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from pipeline.offsets import OffsetMap
from pipeline.records import ResidueKind

BlockKind = Literal["title", "heading", "text", "item", "column", "cell", "furniture"]


@dataclass(frozen=True, slots=True)
class Block:
    """Text with the source span of each character; `start:end` also holds markers that are not text (bullets, #)."""

    kind: BlockKind
    text: str
    offsets: OffsetMap
    start: int
    end: int
    level: int = 0  # of a heading, 1 outermost; 0 unknown
    group: int = 0  # number of the list or table it belongs to; 0 none
    header: str | None = None  # for a cell: its column header
    hints: frozenset[str] = frozenset()  # elements and classes around it, for rules
    links: float = 0.0  # share of its characters inside links
    residue: ResidueKind | None = None
    rule_id: str | None = None
    marker: str = ""  # of an item: "1.", "a)", "•"
    apart: bool = False  # a blank line stands before it
    bold: float = 0.0  # share of its characters in bold


def with_kind(block: Block, kind: str, **changes: object) -> Block:
    """Return the block as another kind, with other changes."""
    return replace(block, kind=kind, **changes)  # type: ignore[arg-type]


def cut(block: Block, start: int, end: int) -> Block:
    """Return `text[start:end]` of a block, without blanks at its ends, as a block; part of a heading is prose."""
    if start == 0 and end == len(block.text):
        return block
    body = block.text[start:end]
    start, end = start + len(body) - len(body.lstrip()), end - len(body) + len(body.rstrip())
    offsets = block.offsets[slice(start, end)]
    first, last = offsets.span(0, end - start)
    return with_kind(
        block,
        "text" if block.kind == "heading" else block.kind,
        text=block.text[start:end],
        offsets=offsets,
        start=block.start if start == 0 else first,
        end=block.end if end == len(block.text) else last,
    )
