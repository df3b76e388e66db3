"""Which blocks are the article: titles, disclosures and residue, decided over the blocks of one article in order."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.clean.block import Block, with_kind
from pipeline.clean.residue import DISCLOSURE, ResidueRules
from pipeline.sentences import split

_TOP = 6  # blocks of the article within which a byline may stand
_PLAIN = re.compile(r"[\W_]+")


def decide(blocks: list[Block], *, rules: ResidueRules) -> list[Block]:
    """Return the blocks with residue marked; a block that is part disclosure is cut at its sentences."""
    out: list[Block] = []
    previous: Block | None = None
    kept = 0
    for block in blocks:
        for part in _parts(block, previous, rules):
            previous = _with_rule(part, rules, top=kept < _TOP)
            kept += previous.residue is None
            out.append(previous)
    return _contents(_titles(out))


def _parts(block: Block, previous: Block | None, rules: ResidueRules) -> Iterator[Block]:
    """Cut disclosures out of a block of prose."""
    if block.residue or block.kind in ("cell", "column") or len(block.text) > 6000:
        yield block
        return
    open_ = previous is not None and previous.rule_id == DISCLOSURE
    if not open_ and not rules.disclosure.discloses(block.text[:1200]) and not _any(block, rules):
        yield block
        return
    spans = split(block.text)
    texts = [block.text[a:b] for a, b in spans]
    said = [rules.disclosure.discloses(text) for text in texts]
    short = len(block.text.split()) <= rules.disclosure.max_words
    for at, text in enumerate(texts):
        beside = (said[at - 1] if at else open_ and short) or (at + 1 < len(said) and said[at + 1] and short)
        said[at] = said[at] or (beside and rules.disclosure.follows(text))
    at = 0
    while at < len(spans):
        end = at + 1
        while end < len(spans) and said[end] == said[at]:
            end += 1
        part = _cut(block, spans[at].start, spans[end - 1].end)
        yield with_kind(part, "text", residue="ai_disclosure", rule_id=DISCLOSURE) if said[at] else part
        at = end


def _any(block: Block, rules: ResidueRules) -> bool:
    return any(rules.disclosure.discloses(block.text[a:b]) for a, b in split(block.text))


def _cut(block: Block, start: int, end: int) -> Block:
    if start == 0 and end == len(block.text):
        return block
    offsets = block.offsets[slice(start, end)]
    first, last = offsets.span(0, end - start)
    return with_kind(
        block,
        "text" if block.kind == "heading" else block.kind,
        text=block.text[start:end],
        offsets=offsets,
        start=block.start if start == 0 else first,
        end=block.end if end == len(block.text) else last,
    )


def _with_rule(block: Block, rules: ResidueRules, *, top: bool) -> Block:
    if block.residue:
        return block
    kind = rules.furniture_kind(block.hints)
    rule = rules.rule_for(block.text, top=top)
    if rule is not None:
        return with_kind(block, block.kind, residue=rule.kind, rule_id=rule.id)
    if kind is not None:
        return with_kind(block, block.kind, residue=kind, rule_id="residue.stand_in_furniture")
    if block.kind == "furniture":
        return with_kind(block, block.kind, residue="other", rule_id="residue.stand_outside_article")
    return block


def _titles(blocks: list[Block]) -> list[Block]:
    """Find the title: a heading before any prose; a repeat of it elsewhere is furniture, at the very end a title."""
    kept = [at for at, block in enumerate(blocks) if not block.residue]
    if not kept:
        return blocks
    first = next((at for at in kept if blocks[at].kind in ("title", "heading") and blocks[at].level <= 1), None)
    prose = next((at for at in kept if blocks[at].kind not in ("title", "heading")), len(blocks))
    if first is None or first > prose:
        return blocks
    blocks[first] = with_kind(blocks[first], "title")
    name = plain(blocks[first].text)
    for at, block in enumerate(blocks):
        if at != first and (block.residue in (None, "front_matter")) and plain(block.text) == name:
            if at == kept[-1]:
                blocks[at] = with_kind(block, "title")
            else:
                blocks[at] = with_kind(block, block.kind, residue="repeated_title", rule_id="residue.repeat_title")
    return blocks


def plain(text: str) -> str:
    """Return `text` as titles are compared."""
    return _PLAIN.sub(" ", text).strip().casefold()


def _contents(blocks: list[Block]) -> list[Block]:
    """Take the list under "Table of contents" and "Related posts" with its heading."""
    for at, block in enumerate(blocks):
        if block.rule_id == "residue.name_contents" or (block.residue == "see_also" and len(block.text) < 24):
            following = at + 1
            group = blocks[following].group if following < len(blocks) else 0
            while following < len(blocks) and blocks[following].kind == "item" and blocks[following].group == group:
                if not blocks[following].residue:
                    changed = with_kind(blocks[following], "item", residue=block.residue, rule_id=block.rule_id)
                    blocks[following] = changed
                following += 1
    return blocks
