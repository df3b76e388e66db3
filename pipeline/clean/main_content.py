"""Which blocks of a page are its main content: trafilatura decides, our own parse says where they stand.

A long block is kept when most of its word triples stand in what trafilatura took; a short one when it stands there as a line
between two kept long ones. Where trafilatura takes nothing (a bare page), only the elements around a block decide.
"""

from __future__ import annotations

import re

from pipeline.clean.block import Block
from pipeline.clean.plain import with_kind

_WORD = re.compile(r"\w+")
_LONG = 10  # words
_SHARE = 0.6
_MAX_PAGE = 5_000_000  # characters; beyond this, and beyond this nesting, no tree is built
_MAX_OPEN = 3000
_OUTSIDE = frozenset(("nav", "footer", "aside"))


def outside(source: str, blocks: list[Block]) -> list[Block]:
    """Mark the blocks that are not main content as furniture."""
    body = [at for at, block in enumerate(blocks) if block.residue is None]
    taken = _main_text(source)
    if not taken:
        return blocks
    lines = {" ".join(_WORD.findall(line.casefold())) for line in taken.splitlines()}
    words = _WORD.findall(taken.casefold())
    triples = set(zip(words, words[1:], words[2:], strict=False))
    sure = [at for at in body if _is_taken(blocks[at].text, triples)]
    if not sure:
        return blocks
    first, last = sure[0], sure[-1]
    while first > 0 and blocks[first].kind != "heading" and (at := _title_above(blocks, first)) is not None:
        first = at
    chosen = set(sure)
    for at in body:
        block = blocks[at]
        if at in chosen or not first <= at <= last + 12:
            keep = at in chosen
        else:
            inside = at <= last and block.kind in ("heading", "cell", "column") and not block.hints & _OUTSIDE
            keep = inside or (" ".join(_WORD.findall(block.text.casefold())) in lines)
        if not keep:
            blocks[at] = with_kind(block, "furniture")
    return blocks


def _title_above(blocks: list[Block], first: int) -> int | None:
    """Return the level 1 heading above the first sure block."""
    return next((at for at in range(first - 1, -1, -1) if blocks[at].kind == "heading" and blocks[at].level == 1), None)


def _is_taken(text: str, triples: set[tuple[str, str, str]]) -> bool:
    words = _WORD.findall(text.casefold())
    if len(words) < _LONG:
        return False
    mine = list(zip(words, words[1:], words[2:], strict=False))
    return sum(triple in triples for triple in mine) >= _SHARE * len(mine)


def _main_text(source: str) -> str | None:
    if len(source) > _MAX_PAGE or source.count("<div") + source.count("<span") - source.count("</") > _MAX_OPEN:
        return None
    from trafilatura import extract

    return extract(source, fast=True, include_comments=False, include_tables=True, favor_recall=False)
