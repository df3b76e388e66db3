"""Which blocks of a page are its main content: trafilatura decides, our own parse says where they stand.

Before trafilatura sees the page, each text node gets a mark at its end, one rare character that the page does not
hold. The marks left in what it takes tell which nodes it took, so nothing is searched for. A block is kept when most of
its characters stand in nodes taken. Headings, cells and list items between kept blocks stay, as does the title above
the first. A class around most of what was taken says nothing against it. Where trafilatura takes nothing (a bare page),
only the elements around a block decide.
"""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from pipeline.clean.block import Block, with_kind

_FIRST_MARK, _LAST_MARK = 0x20000, 0x2A6D6  # CJK extension B: printable, so that no cleaner drops them, and rare
_SHARE = 0.5
_MAX_PAGE = 5_000_000  # characters; beyond this, and beyond this nesting, no tree is built
_MAX_OPEN = 3000
_LONG_PAGE = 5000  # text nodes beyond which trafilatura does not try its other ways, which take more than linear time
_OUTSIDE = frozenset(("nav", "footer", "aside", "form", "button"))
_WITHIN = frozenset(("figcaption", "blockquote"))  # what these hold belongs to what is around them
_LINKED = 0.5  # share of a heading or cell inside links, above which it leads elsewhere


class Node(NamedTuple):
    """Characters `start:end` of the source that are one text node, without blanks around it."""

    start: int
    end: int


def outside(source: str, blocks: list[Block], nodes: Sequence[Node]) -> list[Block]:
    """Mark the blocks that are not main content as furniture; `nodes` are the text nodes in order."""
    body = [at for at, block in enumerate(blocks) if block.residue is None]
    taken = _taken(source, nodes)
    starts = [node.start for node in nodes]
    chosen = {at for at in body if _share(blocks[at], nodes, starts, taken) >= _SHARE}
    if not chosen:
        return blocks
    around = frozenset[str]().union(*(blocks[at].hints for at in chosen))
    _forget_common_hints(blocks, chosen)
    first, last = min(chosen), max(chosen)
    while first and blocks[first - 1].kind == "heading" and blocks[first - 1].links < _LINKED:
        first -= 1
    title = next((at for at in range(first, -1, -1) if blocks[at].kind == "heading" and blocks[at].level == 1), None)
    for at in body:
        block = blocks[at]
        inside = first <= at < last and block.links < _LINKED and not block.hints & _OUTSIDE
        named = block.kind in ("heading", "cell", "column") or (block.kind == "item" and block.hints <= around)
        named = named or (bool(block.hints & _WITHIN) and block.hints <= around | _WITHIN)
        if at not in chosen and at != title and not (inside and named):
            blocks[at] = with_kind(block, "furniture")
    return blocks


def _forget_common_hints(blocks: list[Block], chosen: set[int]) -> None:
    """Take off the chosen blocks the hints that hold for most of them: a body may be named "sidebar-left"."""
    sizes: Counter[str] = Counter()
    for at in chosen:
        sizes.update(dict.fromkeys(blocks[at].hints, len(blocks[at].text)))
    whole = sum(len(blocks[at].text) for at in chosen)
    common = frozenset(hint for hint, size in sizes.items() if size > whole / 2)
    for at, block in enumerate(blocks):
        if at in chosen and block.hints & common:
            blocks[at] = with_kind(block, block.kind, hints=block.hints - common)


def _share(block: Block, nodes: Sequence[Node], starts: list[int], taken: frozenset[int]) -> float:
    """Return the share of the characters of a block that stand in nodes taken."""
    inside = range(bisect_left(starts, block.start), bisect_left(starts, block.end))
    size = sum(nodes[at].end - nodes[at].start for at in inside)
    return sum(nodes[at].end - nodes[at].start for at in inside if at in taken) / size if size else 0.0


def _taken(source: str, nodes: Sequence[Node]) -> frozenset[int]:
    """Return the numbers of the nodes that trafilatura takes for main content."""
    if len(source) > _MAX_PAGE or source.count("<div") + source.count("<span") - source.count("</") > _MAX_OPEN:
        return frozenset()
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # a bare page is no error here
    present = set(source)
    alphabet = [char for code in range(_FIRST_MARK, _LAST_MARK + 1) if (char := chr(code)) not in present]
    if len(nodes) > len(alphabet):
        return frozenset()
    parts: list[str] = []
    at = 0
    for node, mark in zip(nodes, alphabet, strict=False):
        parts += (source[at : node.end], mark)
        at = node.end
    long = len(nodes) > _LONG_PAGE
    text = extract("".join([*parts, source[at:]]), include_comments=False, include_tables=True, fast=long) or ""
    number = {mark: n for n, mark in enumerate(alphabet[: len(nodes)])}
    return frozenset(number[mark] for mark in re.findall(r"[\U00020000-\U0002A6D6]", text) if mark in number)
