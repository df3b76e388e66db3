"""Plain text → blocks: lines, hard-wrapped or not, list items, and lines that stand alone like headings."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from pipeline.clean.block import Block
from pipeline.clean.headings import mark_headings
from pipeline.clean.lists import BULLET, mark_counted
from pipeline.clean.pieces import UNSEEN, squeeze
from pipeline.offsets import OffsetMap

_LINE = re.compile(r"[^\r\n\v\f\x85\u2028\u2029]+")
_BODY = re.compile(rf"[^\s{UNSEEN}](?:.*[^\s{UNSEEN}])?", re.S)
_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
_ENDS = re.compile(r"[.!?:;…][\"'”’»)\]]{0,3}\s*\Z")


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
    prose = [a.end - a.start for a, _ in inner if not BULLET.match(text, a.start)]
    full = sum(size > width * 0.7 for size in prose) > len(prose) * 0.5  # lines that end where the width ends them
    return width if 40 <= width <= 130 and open_ends > len(inner) * 0.5 and full else 0


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
    return mark_headings(mark_counted([_block(text, stretch) for stretch in stretches]))


def _block(text: str, line: Line) -> Block:
    start, end, apart = line
    found = BULLET.match(text, start, end)
    begin = found.end() if found else start
    body, offsets = squeeze(text, begin, end) or (text[begin:end], OffsetMap.identity(end - begin, offset=begin))
    marker = found[0].strip() if found else ""
    return Block("item" if found else "text", body, offsets, start, end, marker=marker, apart=apart)
