"""Markdown → blocks: headings, lists, tables, quotes; emphasis, links, images, code and footnotes leave the text."""

from __future__ import annotations

import html
import re

from pipeline.clean.block import Block, with_kind
from pipeline.clean.headings import is_caption, looks_like_heading, mark_headings
from pipeline.clean.lists import SIGNS, mark_counted
from pipeline.clean.pieces import Pieces
from pipeline.offsets import OffsetMap

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_PREFIX = re.compile(r"[ \t]*(?:>[ \t]?)*[ \t]*")
_QUOTED = re.compile(r">[ \t>]*\Z")
_HEADING = re.compile(r"(#{1,6})[ \t]+")
_BULLET = re.compile(rf"(?:[*+–-]|[{SIGNS}]\ufe0f?|\d{{1,3}}[.)]|[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)")
_CLOSING = re.compile(r"(?<=\S)\s++#++\s*+\Z")
_PROSE = 80  # characters from which a paragraph is surely prose
_LONG = 160  # characters that no hard-wrapped line reaches
_DEFINITION = re.compile(r"\[[^\]\[^][^\]\[]{0,80}\]:\s+(?:https?:|/|#|<|mailto:)\S+")
_INSIDE = re.compile(r"\[[^\]\n]{0,200}\]\(#[^)\n]{0,200}\)\s*")  # an entry of a table of contents
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,20}\]:\s")
_BOLD_LINE = re.compile(r"(\*\*|__)[^*_\n]{2,120}\1:?\Z")
_UNDERLINE = re.compile(r"(=+|-+)[ \t]*\Z")
_RULE = re.compile(r"[ \t]*(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ALIGN = re.compile(r"(?=[^\n]*--)[ \t:|-]+\Z")
_HEAD = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n((?:[^\n]{0,500}\n){1,80}?)\1[ \t]*(?:\r?\n|\Z)")
_KEY = re.compile(r"[\w-]{1,40}(?::|[ \t]{0,20}=)(?:\s|\Z)|\[\w+\]\s*\Z|\s+-?\s*\S|-\s")
_INLINE = re.compile(
    r"!?\[(?P<text>(?:[^\[\]\\\n]|\\.){0,400})\](?P<link>\((?:[^()\s]|\([^()\s]{0,200}\)){0,600}(?:\s+\"[^\"\n]{0,200}\")?\)|\[[^\[\]\n]{0,80}\])"
    r"|\[\^[^\]\s]{1,20}\]:?"
    r"|(?P<entity>&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)|<!--[^\n]{0,600}?-->"
    r"|(?P<break></?(?:p|div|br|hr|[uod]l|li|d[td]|t[rdh]|table|h[1-6]|section|details|summary)\b[^<>\n]{0,200}>)"
    r"|\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`{1,3}|\\(?=[!-/:-@\[-`{-~])|<(?=https?:)|(?<=[\w/])>|</?[a-zA-Z][^<>\n]{0,200}>"
)


def blocks_of(text: str) -> list[Block]:
    """Return the blocks of a Markdown text, in order."""
    blocks: list[Block] = []
    paragraph: list[tuple[int, int]] = []  # lines of the paragraph or item being read
    item = within = False  # whether it is an item; whether an indented paragraph would go on an item
    headers: list[str] = []
    table = 0
    at = _front_matter(text, blocks)

    def flush() -> None:
        nonlocal paragraph, item, within
        if paragraph:
            _add(blocks, text, paragraph, "item" if item or (within and _goes_on(blocks, text, paragraph)) else "text")
            within = blocks[-1].kind == "item"
        paragraph, item = [], False

    for match in _LINE.finditer(text, at):
        prefix = _PREFIX.match(text, match.start(), match.end())
        start = prefix.end() if prefix else match.start()
        end = match.start() + len(match[0].rstrip())
        if start >= end:
            flush()
            headers = []
            continue
        line = text[start:end]
        heading = _HEADING.match(text, start, end)
        if heading:
            flush()
            _add(blocks, text, [(start, end)], "heading", level=len(heading[1]))
        elif paragraph and _UNDERLINE.match(line) and _is_underlined(text, paragraph, line, item):
            lines, paragraph, item = [*paragraph, (start, end)], [], False
            _add(blocks, text, lines, "heading", level=1 if line[0] == "=" else 2)
        elif _RULE.match(line):
            flush()
            _add(blocks, text, [(start, end)], "text")
        elif line.startswith("|") or ("|" in line and (headers or _is_table_head(text, match.end()))):
            flush()
            if _ALIGN.match(line):
                _furniture(blocks, text, start, end)
                continue
            table += not headers
            headers = _row(blocks, text, start, end, headers, 10_000 + table)
        elif _BULLET.match(text, start, end):
            flush()
            paragraph, item = [(start, end)], True
        elif line.startswith(("```", "~~~")) or _DEFINITION.match(line) or _FOOTNOTE.match(line):
            flush()
            _furniture(blocks, text, start, end)
        else:
            if paragraph and _begins_anew(text, paragraph[-1], (start, end), indented=item and start > match.start()):
                flush()
            paragraph.append((start, end))
    flush()
    return mark_headings(mark_counted(blocks))


def _goes_on(blocks: list[Block], text: str, paragraph: list[tuple[int, int]]) -> bool:
    """Tell an indented paragraph of the item before it from prose below a numbered heading."""
    start, end = paragraph[0][0], paragraph[-1][1]
    indent = text[text.rfind("\n", 0, start) + 1 : start]
    heads = looks_like_heading(blocks[-1].text) and end - start > _PROSE and blocks[-1].marker[:1].isdigit()
    return blocks[-1].kind == "item" and len(indent.expandtabs(4)) > 1 and indent.isspace() and not heads


def _is_table_head(text: str, at: int) -> bool:
    """Tell whether the line that begins at `at` is the rule under the head of a table without outer bars."""
    line = _LINE.match(text, at)
    return line is not None and "|" in line[0] and _ALIGN.match(line[0].strip()) is not None


def _is_underlined(text: str, paragraph: list[tuple[int, int]], line: str, item: bool) -> bool:
    """Tell the underline of a heading from a line drawn below a paragraph or a list."""
    above = text[paragraph[-1][0] : paragraph[-1][1]]
    if item:
        return len(paragraph) == 1 and len(line) > 2 and above[0].isdigit() and looks_like_heading(above)
    return line[0] == "=" or len(paragraph) > 1 or len(above) < _LONG or not above.endswith(".")


def _begins_anew(text: str, last: tuple[int, int], line: tuple[int, int], *, indented: bool) -> bool:
    """Tell a line that is a paragraph of its own, though no blank line is between, from a hard-wrapped one."""
    if indented:
        return False
    long = last[1] - last[0] > _LONG or line[1] - line[0] > _LONG
    return long or _BOLD_LINE.match(text[last[0] : last[1]]) is not None


def _front_matter(text: str, blocks: list[Block]) -> int:
    """Take a YAML head between two lines of dashes, or a TOML head between two of plus signs."""
    found = _HEAD.match(text)
    if found is None or not all(_KEY.match(line) for line in found[2].splitlines() if line.strip()):
        return 0
    for line in re.finditer(r"\S[^\r\n]*", text[: found.end()]):
        _furniture(blocks, text, line.start(), line.start() + len(line[0].rstrip()), "front_matter")
    return found.end()


def _furniture(blocks: list[Block], text: str, start: int, end: int, kind: str = "other") -> None:
    block = Block("text", text[start:end], OffsetMap.identity(end - start, offset=start), start, end)
    blocks.append(with_kind(block, "text", residue=kind, rule_id=f"residue.mark_up_{kind}"))


def _row(blocks: list[Block], text: str, start: int, end: int, headers: list[str], group: int) -> list[str]:
    cells: list[str] = []
    for column, cell in enumerate(re.finditer(r"[^|\s][^|]*", text[start:end])):
        begin = start + cell.start()
        before = len(blocks)
        _add(blocks, text, [(begin, begin + len(cell[0].rstrip()))], "cell" if headers else "column", group=group)
        if len(blocks) > before and headers and column < len(headers):
            blocks[-1] = with_kind(blocks[-1], "cell", header=headers[column])
        cells.append(blocks[-1].text if len(blocks) > before else "")
    return headers or cells


def _add(
    blocks: list[Block], text: str, lines: list[tuple[int, int]], kind: str, *, level: int = 0, group: int = 0
) -> None:
    apart = not blocks or text.count("\n", blocks[-1].end, lines[0][0]) > 1
    start, end = lines[0][0], lines[-1][1]
    if kind == "text" and re.match(r"!\[[^\]\n]{0,400}\]\([^)\n]{0,600}\)\Z", text[start:end]):
        _furniture(blocks, text, start, end)
        return
    marker = (
        (_HEADING if kind == "heading" else _BULLET).match(text, start, end) if kind in ("heading", "item") else None
    )
    last = lines[-1][1] if kind != "heading" or len(lines) == 1 else lines[-2][1]
    begin = marker.end() if marker else start
    if kind == "heading" and (closing := _CLOSING.search(text, begin, last)):
        last = closing.start()
    pieces = Pieces(text)
    for number, (line_start, line_end) in enumerate(lines):
        if number:  # the signs before a line (of a quote) are not text
            pieces.shown(" ", lines[number - 1][1], line_start)
        _inline(pieces, max(line_start, begin), min(line_end, last))
    taken = pieces.take()
    if taken is None:
        _furniture(blocks, text, start, end)
        return
    body, offsets = taken
    if kind == "item" and _INSIDE.fullmatch(text, begin, last):
        _furniture(blocks, text, start, end, "navigation")
        return
    mark = marker[0].strip() if marker and kind == "item" else ""
    quoted = (
        frozenset(("blockquote",))
        if kind == "text" and _QUOTED.search(text, text.rfind("\n", 0, start) + 1, start)
        else frozenset()
    )
    block = Block("text", body, offsets, start, end, level, group, None, quoted, marker=mark, apart=apart)
    bold = kind == "text" and level == 0 and _BOLD_LINE.match(text[start:end]) is not None
    if bold and body[-1] not in ".!:,;" and not is_caption(body):
        kind = "heading"
    blocks.append(with_kind(block, kind))


def _inline(pieces: Pieces, start: int, end: int) -> None:
    """Add the running Markdown that a reader sees; a link leaves its text, an image nothing."""
    text = pieces.source
    at = start
    for match in _INLINE.finditer(text, start, end):
        pieces.plain(at, match.start())
        at = match.end()
        if match["text"] is not None:
            if match[0][0] != "!":
                _inline(pieces, match.start("text"), match.end("text"))
        elif match["entity"] is not None:
            pieces.shown(html.unescape(match[0]), match.start(), at)
        elif match["break"]:
            pieces.shown(" ", match.start(), at)
        elif match[0] == "*" and _stands_alone(text, match.start()):
            pieces.plain(match.start(), at)
    pieces.plain(at, end)


def _stands_alone(text: str, at: int) -> bool:
    return text[at - 1 : at].isspace() and text[at + 1 : at + 2].isspace()
