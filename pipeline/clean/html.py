"""HTML → blocks: the visible text of each block element, with the elements around it as hints."""

from __future__ import annotations

import html
import re
from itertools import accumulate

from pipeline.clean.block import Block, with_kind
from pipeline.clean.headings import looks_like_heading, mark_headings, number_groups
from pipeline.clean.linked_data import linked_data
from pipeline.clean.lists import cut_at_lines, mark_counted
from pipeline.clean.main_content import Node, outside
from pipeline.clean.pieces import Pieces
from pipeline.clean.tokens import Token, attributes, text_pieces, tokens
from pipeline.cleaned import CAPTION

_BLOCK = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
    ]
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_CLOSES: dict[str, frozenset[str]] = {
    "p": frozenset(("p",)),
    "li": frozenset(("li", "p")),
    "td": frozenset(("td", "th", "p")),
    "th": frozenset(("td", "th", "p")),
    "tr": frozenset(("tr", "td", "th", "p")),
    "dd": frozenset(("dd", "dt")),
    "dt": frozenset(("dd", "dt")),
    "option": frozenset(("option",)),
}
_BOLD = frozenset(("b", "strong"))
_INSIDE, _TO_ANCHOR = 2, re.compile(r"\shref\s{0,9}=\s{0,9}[\"']?#[\w-]", re.I)  # a link within the page
_ALL_BOLD, _PARAGRAPH = 0.9, 120
_HINTED = frozenset(
    ["nav", "header", "footer", "aside", "form", "button", "article", "main", "blockquote", "figcaption"]
)


class _Builder:
    """State of one pass: open elements, the pieces of the block being read, and the blocks so far."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.open: list[tuple[str, frozenset[str]]] = []  # name, hints that hold inside
        self.pieces = Pieces(source)
        self.blocks: list[Block] = []
        self.nodes: list[Node] = []
        self.inside = self.linked = self.group = self.column = self.breaks = 0
        self.headers: list[str] = []
        self.lines: list[int] = []  # numbers of pieces before which a line of the block begins
        self.bold = self.in_bold = 0
        self.depth = {"li": 0, "a": 0, "table": 0}

    def hints(self) -> frozenset[str]:
        return self.open[-1][1] if self.open else frozenset()

    def text(self, token: Token) -> None:
        body = self.source[token.start : token.end]
        if (start := len(body) - len(body.lstrip())) < len(body):
            self.nodes.append(Node(token.start + start, token.start + len(body.rstrip())))
        before = len(self.pieces.parts)
        text_pieces(self.pieces, token.start, token.end)
        size = sum(len(piece.text) for piece in self.pieces.parts[before:])
        self.linked += size if self.depth["a"] else 0
        self.inside += size if self.depth["a"] == _INSIDE else 0
        self.bold += size if self.in_bold else 0

    def flush(self) -> None:
        """End the block being read."""
        sizes = [0, *accumulate(len(piece.text) for piece in self.pieces.parts)] if self.lines else []
        taken, linked, inside, bold = self.pieces.take(), self.linked, self.inside, self.bold
        breaks, self.lines = self.lines, []
        self.linked = self.inside = self.bold = self.breaks = 0
        if taken is None:
            return
        body, offsets = taken
        kind, level, header = self.kind(body)
        block = Block(
            "text", body, offsets, *offsets.span(0, len(body)),
            level=level, group=self.group if kind in ("item", "cell", "column") else 0, header=header,
            hints=self.hints(), links=linked / len(body), bold=bold / len(body),
        )  # fmt: skip
        if kind == "head":
            block = with_kind(block, "text", residue="front_matter", rule_id="residue.stand_in_head")
        elif kind == "item" and inside > 0.9 * len(body):
            block = with_kind(block, "item", residue="navigation", rule_id="residue.link_inside")
        else:
            block = with_kind(block, kind)
        self.blocks.extend(cut_at_lines(block, [sizes[at] for at in breaks]) if breaks and kind == "text" else [block])

    def kind(self, body: str) -> tuple[str, int, str | None]:
        """Return kind, heading level and column header from the innermost telling element."""
        for name, _ in self.open[:-30:-1]:
            if name == "title":
                return "head", 0, None
            if len(name) == 2 and name[0] == "h" and name[1].isdigit():
                return "heading", int(name[1]), None
            if name == "caption":
                return "heading", CAPTION, None
            if name == "th":
                self.headers.append(body)
                return "column", 0, None
            if name == "td":
                return "cell", 0, self.headers[self.column] if self.column < len(self.headers) else None
            if name in ("li", "dd", "dt"):
                return "item", 0, None
        return "text", 0, None

    def start(self, token: Token) -> None:
        name = token.name
        if name in _BLOCK:
            self.flush()
            while self.open and self.open[-1][0] in _CLOSES.get(name, ()):
                self.open.pop()
        elif name == "br":
            self.text_break(token)
        if name == "table" or (name in ("ul", "ol", "dl") and all(outer != "li" for outer, _ in self.open[:-8:-1])):
            self.group += 1
            self.headers = [] if name == "table" else self.headers
        if name == "tr":
            self.column = -1
        if name in ("td", "th"):
            self.column += 1
        if name == "a":
            self.depth["a"] = _INSIDE if _TO_ANCHOR.search(self.source, token.start, token.end) else 1
        if name in _BOLD:
            self.in_bold += 1
        if name not in _VOID and (name in _BLOCK or name in ("span", "section")):
            self.open.append((name, self.hints() | self.own_hints(token)))

    def text_break(self, token: Token) -> None:
        """Two line breaks in a row end a paragraph; one is a blank."""
        if self.pieces.parts and self.breaks == len(self.pieces.parts):
            self.flush()
        else:
            self.pieces.shown(" ", token.start, token.end)
            self.breaks = len(self.pieces.parts)
            self.lines.append(self.breaks)

    def own_hints(self, token: Token) -> frozenset[str]:
        credits = token.name == "footer" and "blockquote" in self.hints()  # names who is quoted
        found = {token.name} if token.name in _HINTED and not credits else set()
        if token.end - token.start > len(token.name) + 7:
            values = attributes(self.source[token.start : token.end])
            named = f"{values.get('class', '')} {values.get('id', '')}".lower()
            if token.name not in ("body", "html", "main", "article"):
                found.update(named.split())
            if "hidden" in values.get("style", ""):
                found.add("hidden")
        return frozenset(found)

    def end(self, token: Token) -> None:
        name = token.name
        if name == "a":
            self.depth["a"] = 0
        if name in _BLOCK:
            self.flush()
            self.in_bold = 0  # an end tag left out must not make the rest bold
        if name in _BOLD:
            self.in_bold = max(0, self.in_bold - 1)
        if name in _BLOCK or name == "span":
            for back in range(1, min(len(self.open), 40) + 1):
                if self.open[-back][0] == name:
                    del self.open[-back:]
                    return


def blocks_of(source: str) -> list[Block]:
    """Return the blocks of a page in order; what lies outside its main content is furniture."""
    builder = _Builder(source)
    for token in tokens(source):
        if token.kind == "text":
            builder.text(token)
        elif token.kind == "open":
            builder.start(token)
        else:
            builder.end(token)
    builder.flush()
    blocks = mark_counted(outside(source, builder.blocks, builder.nodes))
    return _mark_headings(number_groups(blocks, after=builder.group))


def _mark_headings(blocks: list[Block]) -> list[Block]:
    """Turn paragraphs in bold that name what follows into headings; without any such, lines that stand alone."""
    kept = [at for at, block in enumerate(blocks) if block.residue is None and block.kind != "furniture"]
    marked = any(blocks[at].kind == "heading" and blocks[at].level > 1 for at in kept)
    bold = [at for at in kept if _names(blocks[at]) and blocks[at].bold > _ALL_BOLD]
    for at in bold:
        if any(blocks[below].kind != "furniture" for below in range(at + 1, len(blocks))):
            blocks[at] = with_kind(blocks[at], "heading")
    if marked or bold or sum(len(blocks[at].text) > _PARAGRAPH for at in kept) < 2:
        return blocks
    for at, found in zip(kept, mark_headings([blocks[at] for at in kept]), strict=True):
        blocks[at] = with_kind(blocks[at], "heading") if found.kind == "heading" else blocks[at]
    return blocks


def _names(block: Block) -> bool:
    return block.kind == "text" and looks_like_heading(block.text)


_META = {
    "article:published_time": "published",
    "datepublished": "published",
    "date": "published",
    "og:url": "url",
    "og:title": "title",
    "headline": "title",
}
_SUFFIX = re.compile(r"(?<=\S)\s[|»·–—-]\s(?:[^\s|»·–—-]+\s?){1,4}\Z")  # the name of the site after a title


def head_of(source: str) -> dict[str, str]:
    """Return title, url and published as the page's metadata give them."""
    found: dict[str, str] = {}
    for match in re.finditer(r"<(?:meta|link)\s[^>]{1,2000}>", source[:300_000], re.I):
        values = attributes(match[0])
        key = (values.get("property") or values.get("name") or values.get("itemprop") or "").lower()
        if key in _META and values.get("content"):
            found.setdefault(_META[key], values["content"].strip())
        if values.get("rel", "").lower() == "canonical" and values.get("href"):
            found["url"] = values["href"]
    for key, value in linked_data(source).items():
        found.setdefault(key, value)
    if "published" not in found and (
        time := re.search(r"<time\s[^>]{0,200}?datetime=[\"']?([\d-]{10})", source[:300_000], re.I)
    ):
        found["published"] = time[1]
    if "title" not in found and (shown := re.search(r"<title[^>]{0,200}>([^<]{1,500})</title", source[:300_000], re.I)):
        found["title"] = _SUFFIX.sub("", " ".join(html.unescape(shown[1]).split()))
    return found
