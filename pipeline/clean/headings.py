"""Headings without markup: lines that stand alone and name what follows, also behind a number of their own."""

from __future__ import annotations

import re
from typing import NamedTuple

from pipeline.clean.block import Block, with_kind
from pipeline.clean.lists import INNER_BULLET, roman

_UNHEADED = re.compile(r"[.:;,…!][\"'”’»)\]]{0,2}\Z")
_COUNT = re.compile(
    r"(?:(?:[IVXLC]{1,6}|[A-Z]|\d{1,2}(?:\.\d{1,2}){0,3})[.)]|(?:Step|Part|Chapter|Section|Phase) \w{1,6}[:.])\s"
)
_MARKER = re.compile(r"\(?(\d{1,3}|[ivx]{1,5}|[IVX]{1,6}|[a-zA-Z])[.)]")
_CAPTION = re.compile(
    r"(?:table|fig(?:ure|\.)?|chart|map|graph|diagram|exhibit|image|photo|illustration) \d{1,3}[.:–—-]", re.I
)
_NO_HEADINGS = frozenset(("blockquote", "figcaption"))  # what stands alone in these names nothing below
_MAX_HEADING_WORDS = 20
_MAX_HEADING = 130
_PROSE = 80  # characters from which a block is surely prose


class Count(NamedTuple):
    """What a list marker says: its shape ("1.", "a)") and its place in the row."""

    shape: str
    value: int


def mark_headings(blocks: list[Block]) -> list[Block]:
    """Turn lines that stand alone like headings into headings, and numbered ones that prose follows."""
    numbered = _numbered_headings(blocks)
    out: list[Block] = []
    after_prose = False  # whether what follows (read backwards) is body text or a heading over it
    for at in range(len(blocks) - 1, -1, -1):
        block = blocks[at]
        alone = block.kind == "text" and after_prose and not block.hints & _NO_HEADINGS
        if at in numbered or (alone and looks_like_heading(block.text)):
            block = with_kind(block, "heading")
        else:
            after_prose = True
        out.append(block)
    return number_groups(out[::-1])


def looks_like_heading(text: str) -> bool:
    """Tell whether a line names what follows: short, starts like a name, no closing stop."""
    if len(text) > _MAX_HEADING or len(text.split()) > _MAX_HEADING_WORDS or _UNHEADED.search(text):
        return False
    if is_caption(text) or INNER_BULLET.search(text):
        return False
    count = _COUNT.match(text)
    text = text[count.end() :].lstrip() if count else text
    first = text.lstrip("\"'“‘«(")[:1]
    if not (first.isupper() or first.isdigit() or (count and first)) or not any(map(str.isalpha, text)):
        return False
    two_sentences = re.search(r"[.!?]\s+[A-Z][a-z]+ [a-z]", text) is not None
    return not two_sentences or re.search(r"\b(?:[A-Z]\.|vs\.|St\.)", text) is not None


def is_caption(text: str) -> bool:
    """Tell "Table 1: Members of the pact" from a heading."""
    return _CAPTION.match(text) is not None


def _numbered_headings(blocks: list[Block]) -> frozenset[int]:
    """Return the numbered lines that head a section: prose follows, and they do not go on a list before them.

    Where one could be either (the list above ended at the number before, or little prose follows), it is a heading if
    the headings around count past it, or if it goes on from them and is set apart by a blank line or by prose.
    """
    counts = [_count(block) if block.kind == "item" else None for block in blocks]
    able = [at for at, count in enumerate(counts) if count is not None and _heads(blocks, at)]
    found: list[int] = []
    doubtful: list[int] = []
    for at in able:
        before = counts[at - 1] if at else None
        here = counts[at]
        goes_on = (
            before is not None
            and here is not None
            and before.shape == here.shape
            and here.value - before.value in (0, 1)
        )
        (doubtful if goes_on else found).append(at)
    sure = {counts[at] for at in found}
    short = [
        at for at, count in enumerate(counts) if count and at and _heads(blocks, at, least=1) and not counts[at - 1]
    ]
    for at in sorted({*doubtful, *short} - {*found}):
        here = counts[at]
        if here is None:
            continue
        earlier, later = Count(here.shape, here.value - 1), Count(here.shape, here.value + 1)
        apart = (blocks[at].apart and not blocks[at - 1].apart) or counts[at - 1] is None
        if here not in sure and earlier in sure and (later in sure or apart):
            found.append(at)
            sure.add(here)
    return frozenset(found)


def _heads(blocks: list[Block], at: int, *, least: int = _PROSE) -> bool:
    """Tell whether an item reads like a heading over the prose, or the heading, that follows it."""
    if at + 1 == len(blocks) or not looks_like_heading(blocks[at].text):
        return False
    following = blocks[at + 1]
    return following.kind in ("text", "heading") and (len(following.text) > least or following.text.endswith(":"))


def _count(block: Block) -> Count | None:
    found = _MARKER.fullmatch(block.marker)
    if found is None:
        return None
    digits = found[1]
    if digits.isdigit():
        return Count(block.marker.replace(digits, "1"), int(digits))
    if len(digits) > 1 or digits in "ivxIVX":
        return Count(block.marker.replace(digits, "i" if digits.islower() else "I"), roman(digits.lower()))
    return Count(block.marker.replace(digits, "a"), ord(digits.lower()) - 96)


def number_groups(blocks: list[Block], *, after: int = 0) -> list[Block]:
    """Give the items of one list one number above `after`, where the format did not."""
    out: list[Block] = []
    number = after
    for block in blocks:
        if block.kind == "item" and not block.group:
            if not out or out[-1].kind != "item":
                number += 1
            block = with_kind(block, block.kind, group=number)
        out.append(block)
    return out
