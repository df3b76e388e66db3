"""Which blocks are the article: titles, disclosures and residue, decided over the blocks of one article in order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import takewhile

from pipeline.clean.block import Block, cut, with_kind
from pipeline.clean.lists import cut_at_bullets
from pipeline.clean.residue import DISCLOSURE, ResidueRules
from pipeline.sentences import split

_TOP, _LAST = 6, 2  # first blocks of the article, and last of all, among which a byline may stand
_BIO = 6  # blocks at most, after "About the author", to the end of the article
_LISTED = ("residue.name_contents", "residue.name_sources")
_PLAIN = re.compile(r"[\W_]+")


def decide(blocks: list[Block], *, rules: ResidueRules) -> list[Block]:
    """Return the blocks with residue marked; a block that is part disclosure is cut at its sentences."""
    out: list[Block] = []
    previous: Block | None = None
    kept = 0
    for at, block in enumerate(_opened(blocks, rules)):
        top = kept < _TOP or at >= len(blocks) - _LAST
        for part in _parts(block, previous, rules):
            previous = _with_rule(part, rules, top=top)
            kept += previous.residue is None
            out.append(previous)
    return _contents(_titles(out))


def _opened(blocks: Iterable[Block], rules: ResidueRules) -> Iterator[Block]:
    """Cut the lines with bullets inside that are no row of links or names."""
    for at, block in enumerate(blocks):
        able = block.kind in ("text", "item") and block.residue is None and not block.links
        inner = cut_at_bullets(block, at) if able else [block]
        yield from inner if len(inner) > 1 and rules.rule_for(block.text, top=True) is None else [block]


def _parts(block: Block, previous: Block | None, rules: ResidueRules) -> Iterator[Block]:
    """Cut disclosures out of a block of prose."""
    if block.residue or block.kind in ("cell", "column"):
        yield block
        return
    open_ = previous is not None and previous.rule_id == DISCLOSURE
    if not open_ and not rules.disclosure.may_disclose(block.text):
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
        part = cut(block, spans[at].start, spans[end - 1].end)
        yield with_kind(part, "text", residue="ai_disclosure", rule_id=DISCLOSURE) if said[at] else part
        at = end


def _with_rule(block: Block, rules: ResidueRules, *, top: bool) -> Block:
    if block.residue:
        return block
    rule = rules.rule_for(block.text, top=top)
    if rule is not None:
        return with_kind(block, block.kind, residue=rule.kind, rule_id=rule.id)
    if (kind := rules.furniture_kind(block.hints)) is not None:
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
        if at != first and block.residue in (None, "front_matter") and _names(block.text, name):
            if at == kept[-1]:
                blocks[at] = with_kind(block, "title")
            else:
                blocks[at] = with_kind(block, block.kind, residue="repeated_title", rule_id="residue.repeat_title")
    return blocks


def _names(text: str, title: str) -> bool:
    """Tell whether a line is the title again, be it with the name of the site behind it."""
    return plain(text) == title or ("|" in text and plain(text.rpartition("|")[0]) == title)


def plain(text: str) -> str:
    """Return `text` as titles are compared."""
    return _PLAIN.sub(" ", text).strip().casefold()


def _contents(blocks: list[Block]) -> list[Block]:
    """Take with its heading what stands under "Table of contents", "Related posts", "References" and the like."""
    headings = Counter(plain(block.text) for block in blocks if not block.residue and block.kind == "heading")
    done = 0
    for at, head in enumerate(blocks):
        end = at + 1 + (_extent(blocks, at, headings) if at >= done else 0)
        done = max(done, end)
        for below in range(at + 1, end):
            if not blocks[below].residue:
                blocks[below] = with_kind(blocks[below], blocks[below].kind, residue=head.residue, rule_id=head.rule_id)
    return blocks


def _extent(blocks: list[Block], at: int, headings: Counter[str]) -> int:
    """Return how many blocks below a line of residue belong to it."""
    head = blocks[at]
    if not head.residue or at + 1 == len(blocks):
        return 0
    below = (blocks[each] for each in range(at + 1, len(blocks)))
    if head.rule_id == "residue.name_contents" and blocks[at + 1].kind == "heading":
        return sum(1 for _ in takewhile(lambda block: headings[plain(block.text)] > 1, _once(below)))
    if head.rule_id == "residue.credit_author" and plain(head.text).startswith("about the"):
        if len(blocks) - at > _BIO + 1 or at < len(blocks) / 2:
            return 0
        return sum(1 for _ in takewhile(lambda block: block.kind == "text", below))
    if head.rule_id in _LISTED or (head.residue == "see_also" and len(head.text) < 24):
        group = blocks[at + 1].group
        return sum(1 for _ in takewhile(lambda block: block.kind == "item" and block.group == group, below))
    return 0


def _once(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield headings until one comes a second time: there the article begins."""
    seen: set[str] = set()
    for block in blocks:
        if block.kind != "heading" or plain(block.text) in seen:
            return
        seen.add(plain(block.text))
        yield block
