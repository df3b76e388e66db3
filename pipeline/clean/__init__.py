"""clean: RawArticle → Cleaned. The article and nothing but the article, every visible character accounted for.

    load_rules() -> ResidueRules                                      rules/residue.yml, checked
    clean_article(raw, *, rules) -> Cleaned                           raises InputError
    clean(raw, *, rules) -> Iterator[Cleaned | Reject]
    structure(raw, *, rules) -> (Decoded, list[Block], MediaType)     blocks kept and removed, in any language
    visible(raw) -> Positions                                         byte starts of all visible non-blank characters

`Cleaned` holds the `Article` and its `blocks` in raw order, kept and removed. A block has `text`, `kind` (title,
heading, sentence for running prose, item, residue), its characters `start:end` of `Article.text` (None when removed)
and its bytes `raw_start:raw_end`. White space inside a block is one blank per run, each blank pointing at its run; a
list marker lies in `raw_start:raw_end` but not in `text`. So raw bytes equal a quote up to white space and markup.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import numpy as np

from pipeline.clean.assemble import assemble, find_date, front_matter_of
from pipeline.clean.block import Block
from pipeline.clean.decide import decide
from pipeline.clean.formats import format_of
from pipeline.clean.html import blocks_of as html_blocks
from pipeline.clean.html import head_of
from pipeline.clean.json_text import json_text
from pipeline.clean.language import require_english
from pipeline.clean.markdown import blocks_of as markdown_blocks
from pipeline.clean.plain import blocks_of as plain_blocks
from pipeline.clean.residue import ResidueRules, load_rules
from pipeline.cleaned import CleanBlock, Cleaned
from pipeline.encoding import Decoded, decode
from pipeline.errors import InputError
from pipeline.ids import stable_id
from pipeline.offsets import Positions
from pipeline.records import Article, MediaType, RawArticle, Reject

__all__ = ["CleanBlock", "Cleaned", "ResidueRules", "clean", "clean_article", "load_rules", "structure", "visible"]

_PARSERS: dict[MediaType, Callable[[str], list[Block]]] = {
    "text/plain": plain_blocks,
    "text/markdown": markdown_blocks,
    "text/html": html_blocks,
}


def clean(raw: Iterable[RawArticle], *, rules: ResidueRules) -> Iterator[Cleaned | Reject]:
    """Clean each article; one that cannot be used becomes a reject."""
    for one in raw:
        try:
            yield clean_article(one, rules=rules)
        except InputError as error:
            yield Reject(one.source, one.sha256, error.stage, error.code, error.message)


def _parse(raw: RawArticle) -> tuple[Decoded, list[Block], MediaType]:
    if raw.media_type == "application/json":
        decoded = json_text(raw.raw, raw.metadata["json_field"])
        kind: MediaType = "text/html" if raw.metadata["json_type"] == "text/html" else "text/plain"
    else:
        decoded, kind = decode(raw.raw, declared=raw.media_type == "text/html"), raw.media_type
    if kind == "text/plain":
        kind = format_of(decoded.text)
    return decoded, _PARSERS[kind](decoded.text), kind


def structure(raw: RawArticle, *, rules: ResidueRules) -> tuple[Decoded, list[Block], MediaType]:
    """Return the decoded article, its blocks with residue marked, and the format they were read from.

    Raises:
        InputError: `empty`, `binary`, `encoding`.
    """
    decoded, parsed, kind = _parse(raw)
    return decoded, decide(parsed, rules=rules), kind


def clean_article(raw: RawArticle, *, rules: ResidueRules) -> Cleaned:
    """Find structure and residue of one article.

    Raises:
        InputError: `empty`, `binary`, `encoding`, `language`.
    """
    decoded, blocks, kind = structure(raw, rules=rules)
    text, offsets, ledger = assemble(blocks, decoded.offsets)
    if not text.strip():
        raise InputError("empty", "no text of an article", stage="clean")
    head = head_of(decoded.text) if kind == "text/html" else front_matter_of(blocks)
    known = {**head, **raw.metadata}
    title = next((block.text for block in ledger if block.kind == "title"), None) or known.get("title")
    title = title.rpartition(" | ")[0].strip() or title if title else None  # the name of the site goes
    bylines = " ".join(block.text for block in ledger if block.residue_kind in ("byline", "front_matter"))
    disclosure = " ".join(block.text for block in ledger if block.residue_kind == "ai_disclosure")
    article = Article(
        article_id=stable_id("articles", raw.source, raw.sha256),
        source=raw.source,
        sha256=raw.sha256,
        raw=raw.raw,
        n_bytes=len(raw.raw),
        media_type=kind if raw.media_type == "text/plain" else raw.media_type,
        encoding=decoded.encoding,
        language=require_english(text),
        title=title,
        published=find_date(known.get("published", "")) or find_date(bylines),
        ai_disclosure=disclosure or None,
        url=known.get("url"),
        text=text,
        offsets=offsets,
    )
    return Cleaned(article, ledger)


def visible(raw: RawArticle) -> Positions:
    """Return the byte starts of all visible non-blank characters, before anything is decided about them."""
    decoded, blocks, _ = _parse(raw)
    starts = [
        decoded.offsets.starts[block.offsets.starts[[m.start() for m in re.finditer(r"\S", block.text)]]]
        for block in blocks
    ]
    return np.concatenate(starts) if starts else np.zeros(0, dtype=np.int32)
