"""Plain text → blocks: lines, hard-wrapped or not, list items, and lines that stand alone like headings."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.block import Block
from pipeline.clean.pieces import UNSEEN, squeeze
from pipeline.offsets import OffsetMap

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BODY = re.compile(rf"[^\s{UNSEEN}](?:.*[^\s{UNSEEN}])?", re.S)
_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
BULLET = re.compile(
    r"(?:[•‣◦▪●○∙·–—*+-]|\(?\d{1,3}[.)]|\(?[a-zA-Z][)]|[a-z][.]|\(?[ivx]{1,5}[)]|[ivx]{2,4}[.])[ \t\xa0]+(?=\S)"
)
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]{0,3}\s*\Z")
_UNHEADED = re.compile(r"[.:;,…!][\"'”’»)\]]{0,2}\Z")
_MAX_HEADING_WORDS = 20
_MAX_HEADING = 130


class Line(NamedTuple):
    start: int
    end: int
    blank_before: bool


def lines_of(text: str) -> list[Line]:
    """Return the non-blank lines, trimmed, each with whether a blank line (or nothing) stands before it."""
    lines: list[Line] = []
    seen_break = 2
    at = 0
    for match in _LINE.finditer(text):
        seen_break += len(_BREAKS.findall(text[at : match.start()]))
        at = match.end()
        body = _BODY.search(text, match.start(), at)
        if body is not None:
            lines.append(Line(body.start(), body.end(), seen_break > 1))
            seen_break = 0
    return lines


def _wrap_width(text: str, lines: list[Line]) -> int:
    """Return the width that the text was hard-wrapped to, 0 when each line is a paragraph."""
    inner = [(a, b) for a, b in pairwise(lines) if not b.blank_before]
    if len(inner) < 3:
        return 0
    widths = sorted(a.end - a.start for a, _ in inner)
    width = widths[int(len(widths) * 0.95)]
    open_ends = sum(not _ENDS.search(text, max(a.start, a.end - 6), a.end) for a, _ in inner)
    return width if 40 <= width <= 130 and open_ends > len(inner) * 0.5 else 0


def _joins(text: str, line: Line, following: Line, width: int) -> bool:
    if following.blank_before:
        return False
    if BULLET.match(text, following.start):
        dash = text[following.start] in "–—" and line.end - line.start > width * 0.8
        return bool(width) and dash and not _ENDS.search(text, max(line.start, line.end - 6), line.end)
    if not width:
        return False
    word = len(text[following.start : following.end].split(maxsplit=1)[0])
    return line.end - line.start + 1 + word > width - 3 or text[following.start].islower()


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a plain text, in order; together they hold every non-blank character."""
    lines = lines_of(text)
    width = _wrap_width(text, lines)
    stretches: list[Line] = []
    for at, line in enumerate(lines):
        if at and _joins(text, lines[at - 1], line, width):
            stretches[-1] = Line(stretches[-1].start, line.end, stretches[-1].blank_before)
        else:
            stretches.append(line)
    return mark_headings([_block(text, *stretch[:2]) for stretch in stretches])


def _block(text: str, start: int, end: int) -> Block:
    marker = BULLET.match(text, start, end)
    begin = marker.end() if marker else start
    body, offsets = squeeze(text, begin, end) or (text[begin:end], OffsetMap.identity(end - begin, offset=begin))
    return Block("item" if marker else "text", body, offsets, start, end)


def mark_headings(blocks: list[Block]) -> list[Block]:
    """Turn lines that stand alone like headings into headings, and single numbered ones that prose follows."""
    out: list[Block] = []
    after_prose = False  # whether what follows (read backwards) is body text or a heading over it
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        if (block.kind == "text" and after_prose and looks_like_heading(block.text)) or (
            block.kind == "item" and after_prose and _is_numbered_heading(blocks, at)
        ):
            block = with_kind(block, "heading")
        else:
            after_prose = True
        out.append(block)
    return number_groups(out[::-1])


def _is_numbered_heading(blocks: list[Block], at: int) -> bool:
    """A numbered line with no numbered neighbour and prose below names a section; a bullet does not."""
    around = blocks[max(0, at - 1) : at] + blocks[at + 1 : at + 2]
    block = blocks[at]
    prose_follows = at + 1 < len(blocks) and blocks[at + 1].kind == "text" and len(blocks[at + 1].text) > 80
    alone = not any(_is_numbered(neighbour) for neighbour in around)
    return _is_numbered(block) and prose_follows and alone and looks_like_heading(block.text)


def _is_numbered(block: Block) -> bool:
    """Tell a number, which takes three characters or more with its blank, from a bullet."""
    return block.kind == "item" and int(block.offsets.starts[0]) - block.start > 2


def looks_like_heading(text: str) -> bool:
    """Tell whether a line names what follows: short, starts like a name, no closing stop."""
    if len(text) > _MAX_HEADING or len(text.split()) > _MAX_HEADING_WORDS or _UNHEADED.search(text):
        return False
    first = text.lstrip("\"'“‘«(")[:1]
    if not (first.isupper() or first.isdigit()) or not any(map(str.isalpha, text)):
        return False
    two_sentences = re.search(r"[.!?]\s+[A-Z][a-z]+ [a-z]", text) is not None
    return not two_sentences or re.search(r"\b(?:[A-Z]\.|vs\.|St\.)", text) is not None


def with_kind(block: Block, kind: str, **changes: object) -> Block:
    return replace(block, kind=kind, **changes)  # type: ignore[arg-type]


def number_groups(blocks: list[Block]) -> list[Block]:
    """Give the items of one list one number, where the format did not."""
    out: list[Block] = []
    number = 0
    for block in blocks:
        if block.kind == "item" and not block.group:
            if not out or out[-1].kind != "item":
                number += 1
            block = with_kind(block, block.kind, group=number)
        out.append(block)
    return out
