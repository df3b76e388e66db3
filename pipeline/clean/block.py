"""A block: one stretch of the visible article as its format shows it, before and after residue is decided."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from pipeline.offsets import OffsetMap, Piece
from pipeline.records import ResidueKind

BlockKind = Literal["title", "heading", "text", "item", "column", "cell", "furniture"]
_BLANKS = re.compile(r"\s\s+|[^\S ]")


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
    tags: tuple[str, ...] = field(default=())


def squeeze(text: str, offset: int) -> tuple[str, OffsetMap]:
    """Return `text` with each run of white space as one blank that points at the run; the ends must not be blank."""
    if not _BLANKS.search(text):
        return text, OffsetMap.identity(len(text), offset=offset)
    pieces: list[Piece] = []
    at = 0
    for match in _BLANKS.finditer(text):
        if match.start() < at:
            continue
        end = match.end()
        while end < len(text) and text[end].isspace():
            end += 1
        pieces.append(Piece(text[at : match.start()], offset + at, offset + match.start(), True))
        pieces.append(Piece(" ", offset + match.start(), offset + end, False))
        at = end
    pieces.append(Piece(text[at:], offset + at, offset + len(text), True))
    return "".join(piece.text for piece in pieces), OffsetMap.from_pieces(pieces)
