"""Lists that a format does not mark: bullets inside a line, lines of one paragraph, paragraphs that count on."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.clean.block import Block, cut, with_kind

SIGNS = "•‣◦▪●○∙■□◆◇➤➢►▶✓✔✅☑✗✘❌🔹🔸"  # what can only be a bullet before a blank
BULLET = re.compile(
    rf"(?:[{SIGNS}]\ufe0f?|[·–—*+-]|\(?\d{{1,3}}[.)]|\(?[a-zA-Z][)]|[a-z][.]|\(?[ivx]{{1,5}}[)]|[ivx]{{2,4}}[.])"
    r"[ \t\xa0]+(?=\S)"
)
INNER_BULLET = re.compile(r"(?<!\S)[•‣◦▪●○∙] (?=\S)")
_SURE = re.compile(rf"[{SIGNS}]\ufe0f? (?=\S)")
_SIGN = re.compile(r"[*–—-] (?=\S)")
_COUNTED = re.compile(r"\(?([IVX]{1,6}|[A-Z]|\d{1,3}|[ivx]{1,5}|[a-z])[.)] (?=\S)")
_ROMAN = {"i": 1, "v": 5, "x": 10}
_APART = 20_000  # numbers of lists found here, away from those the formats give

Counts = frozenset[tuple[str, int]]


def roman(letters: str) -> int:
    """Return the value of a numeral in small Roman letters."""
    values = [_ROMAN[letter] for letter in letters]
    return sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def cut_at_bullets(block: Block, number: int) -> list[Block]:
    """Cut a line "Members: • Norland • Southland" into its lead-in and its items."""
    marks = list(INNER_BULLET.finditer(block.text))
    opens = block.kind == "item" or (bool(marks) and block.text[: marks[0].start()].rstrip()[-1:] in ("", ":"))
    if len(marks) < (1 if opens else 2) or (block.kind == "item" and block.marker not in "•‣◦▪●○∙"):
        return [block]
    group = block.group or _APART + number
    starts = [0, *(mark.start() for mark in marks)]
    ends = [*starts[1:], len(block.text)]
    parts = [cut(block, start, end) for start, end in zip(starts, ends, strict=True) if block.text[start:end].strip()]
    items = [_item(part, found, group) if (found := INNER_BULLET.match(part.text)) else part for part in parts]
    return [with_kind(items[0], items[0].kind, group=group) if items[0].kind == "item" else items[0], *items[1:]]


def cut_at_lines(block: Block, breaks: Sequence[int]) -> list[Block]:
    """Cut a paragraph at its line breaks where two lines or more begin with a bullet or a number."""
    inner = sorted({at for at in breaks if 0 < at < len(block.text)})
    edges = list(zip([0, *inner], [*inner, len(block.text)], strict=True))
    marked = [BULLET.match(block.text, start, end) is not None for start, end in edges]
    if sum(marked) < 2:
        return [block]
    parts: list[tuple[int, int]] = []
    for (start, end), begins in zip(edges, marked, strict=True):
        if parts and not begins and not BULLET.match(block.text, *parts[-1]):
            parts[-1] = (parts[-1][0], end)
        else:
            parts.append((start, end))
    blocks = [cut(block, start, end) for start, end in parts if block.text[start:end].strip()]
    return [_item(part, found, 0) if (found := BULLET.match(part.text)) else part for part in blocks]


def mark_counted(blocks: list[Block]) -> list[Block]:
    """Turn paragraphs next to each other that count on (I., II.; A., B.), or have a bullet typed, into items."""
    counts = [_counts(block) for block in blocks]
    out: list[Block] = []
    for at, block in enumerate(blocks):
        found = None
        if block.kind == "text" and not block.residue:
            found = _COUNTED.match(block.text) if _goes_on(counts, at) else _SURE.match(block.text)
            found = found or (_SIGN.match(block.text) if _beside(blocks, at) else None)
        out.append(_item(block, found, 0) if found else block)
    return out


def _item(block: Block, found: re.Match[str], group: int) -> Block:
    """Take the marker off a block; it stays within `start:end`."""
    body = cut(block, found.end(), len(block.text))
    return with_kind(body, "item", start=block.start, marker=found[0].strip(), group=group)


def _counts(block: Block) -> Counts:
    """Return what a paragraph may be in a row: the shape of its number, and its place."""
    found = _COUNTED.match(block.text) if block.kind == "text" and not block.residue else None
    if found is None:
        return frozenset()
    digits, shape = found[1], found[0].replace(found[1], "#", 1)
    if digits.isdigit():
        return frozenset([(f"{shape}1", int(digits))])
    case = "A" if digits.isupper() else "a"
    letters = [(f"{shape}{case}", ord(digits.lower()) - 96)] if len(digits) == 1 else []
    return frozenset(
        [*letters, *([(f"{shape}{case}i", roman(digits.lower()))] if set(digits.lower()) <= set("ivx") else [])]
    )


def _goes_on(counts: Sequence[Counts], at: int) -> bool:
    here = counts[at]
    after = counts[at + 1] if at + 1 < len(counts) else frozenset()
    before = counts[at - 1] if at else frozenset()
    return any((shape, value + 1) in after or (shape, value - 1) in before for shape, value in here)


def _beside(blocks: Sequence[Block], at: int) -> bool:
    """Tell whether the paragraph before or after begins with the same sign."""
    sign = blocks[at].text[:2]
    return any(
        each.kind == "text" and each.text[:2] == sign
        for each in (*blocks[max(0, at - 1) : at], *blocks[at + 1 : at + 2])
    )
