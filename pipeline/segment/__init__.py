"""segment: Cleaned → Segmented. Blocks become units: sentences, items, headings, with the section they stand in.

segment_article(cleaned) -> Segmented
segment(cleaned) -> Iterator[Segmented]
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.cleaned import CAPTION, CleanBlock, Cleaned
from pipeline.records import Segmented, Unit
from pipeline.sentences import split

__all__ = ["segment", "segment_article"]


def segment(cleaned: Iterable[Cleaned]) -> Iterator[Segmented]:
    """Segment each article."""
    for one in cleaned:
        yield segment_article(one)


def segment_article(cleaned: Cleaned) -> Segmented:
    """Cut the blocks of one article into units, in raw order."""
    units: list[Unit] = []
    path: list[tuple[int, str]] = []
    lead_in: int | None = None
    group = within = 0
    paragraph = -1
    for block in cleaned.blocks:
        if not block.group or block.group != within:
            paragraph += 1
        within = block.group
        if block.table is None:
            path = [entry for entry in path if entry[0] < CAPTION]
        if block.kind == "heading" and block.table is None:
            level = block.level or 2
            path = [entry for entry in path if entry[0] < level] + [(level, block.text)]
        if block.kind == "item" and block.group != group:
            last = units[-1] if units else None
            opens = last is not None and last.kind == "sentence" and last.text.endswith(":")
            lead_in, group = (last.ordinal if last is not None and opens else None), block.group
        above = [text for level, text in path if block.kind != "heading" or level < (block.level or 2)]
        section = (*above, block.header) if block.header else tuple(above)
        units.extend(_units(cleaned, block, len(units), section, lead_in if block.kind == "item" else None, paragraph))
    return Segmented(cleaned.article, tuple(units))


def _units(
    cleaned: Cleaned, block: CleanBlock, first: int, section: tuple[str, ...], lead_in: int | None, paragraph: int
) -> Iterator[Unit]:
    spans = [(0, len(block.text))]
    if block.kind == "sentence" and block.start is not None:
        spans = [(start, end) for start, end in split(block.text)]
    for number, (start, end) in enumerate(spans):
        raw_start, raw_end = block.raw_start, block.raw_end
        if block.start is not None:
            inner = cleaned.article.offsets.span(block.start + start, block.start + end)
            raw_start = raw_start if number == 0 else inner[0]
            raw_end = raw_end if number == len(spans) - 1 else inner[1]
        yield Unit(
            ordinal=first + number,
            kind=block.kind,
            residue_kind=block.residue_kind,
            section=section,
            text=block.text[start:end],
            start=None if block.start is None else block.start + start,
            end=None if block.start is None else block.start + end,
            raw_start=raw_start,
            raw_end=raw_end,
            rule_id=block.rule_id,
            lead_in=lead_in,
            header=block.header,
            paragraph=paragraph,
        )
