"""What stands between clean and segment: an article and its ledger of blocks, kept and removed."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.records import Article, ResidueKind, UnitKind

CAPTION = 7  # level of the heading that a caption is over the cells of its table, and over nothing below them


@dataclass(frozen=True, slots=True)
class CleanBlock:
    """One block of the ledger; `start:end` are characters of `Article.text`, None when it was removed."""

    kind: UnitKind  # `sentence` stands for running prose
    residue_kind: ResidueKind | None
    rule_id: str | None
    text: str
    start: int | None
    end: int | None
    raw_start: int
    raw_end: int
    level: int
    group: int
    header: str | None
    table: str | None  # "column" or "cell"


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article and its blocks in raw order, kept and removed."""

    article: Article
    blocks: tuple[CleanBlock, ...]
