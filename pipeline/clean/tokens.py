"""HTML as tokens with positions, in linear time: what a browser would show stays, with the characters it came from."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from pipeline.clean.pieces import Pieces

_NAME = re.compile(r"</?([a-zA-Z][^\s/>]{0,60})")
_QUOTED = re.compile(r"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*+)"|'([^']*+)'|([^\s>"']++))""")
_RAW = frozenset(("script", "style", "template", "noscript", "svg", "iframe", "object", "canvas", "textarea", "select"))
_BARE = frozenset(name for name in html5 if name[-1] != ";")
_LONGEST = 1 + max(map(len, _BARE))
_ENTITY = re.compile(r"&(?:#[xX]?[0-9a-fA-F]{1,7}|[a-zA-Z][a-zA-Z0-9]{1,31});?")


class Token(NamedTuple):
    """`kind` is text, open or close; `start:end` are characters of the source."""

    kind: str
    name: str
    start: int
    end: int


def tokens(source: str) -> Iterator[Token]:
    """Yield tags and the text between them; comments, declarations, scripts and styles are left out."""
    at, size, strict = 0, len(source), True
    last = source.rfind(">")
    absent: set[str] = set()
    while at < size:
        mark = source.find("<", at)
        if mark < 0 or mark > last:
            yield Token("text", "", at, size)
            return
        if mark > at:
            yield Token("text", "", at, mark)
        if source.startswith(("<!", "<?"), mark):
            at = _skip_declaration(source, mark)
            continue
        name = _NAME.match(source, mark)
        if name is None:
            yield Token("text", "", mark, mark + 1)
            at = mark + 1
            continue
        whole = _QUOTED.match(source, name.end()) if strict else None
        strict = strict and whole is not None
        at = whole.end() if whole is not None else source.find(">", name.end()) + 1
        tag = name[1].lower()
        closing = source[mark + 1] == "/"
        yield Token("close" if closing else "open", tag, mark, at)
        if not closing and tag in _RAW and source[at - 2] != "/" and tag not in absent:
            close = re.compile(rf"</{tag}(?=[\s>/])", re.I).search(source, at)
            if close is None:
                absent.add(tag)
            else:
                at = close.start()


def _skip_declaration(source: str, mark: int) -> int:
    if source.startswith("<!--", mark):
        end = source.find("-->", mark + 2)
        return len(source) if end < 0 else end + 3
    end = source.find(">", mark)
    return len(source) if end < 0 else end + 1


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of a start tag, the first of equal names, entities resolved."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(tag[:20_000]):
        found.setdefault(match[1].lower(), html.unescape(match[2] or match[3] or match[4] or ""))
    return found


def text_pieces(pieces: Pieces, start: int, end: int) -> None:
    """Add what a text node of the source shows: its characters and what its entities stand for."""
    at = start
    for match in _ENTITY.finditer(pieces.source, start, end):
        last = match.start() + _entity_length(match[0])
        if last == match.start():
            continue
        pieces.plain(at, match.start())
        pieces.shown(html.unescape(pieces.source[match.start() : last]), match.start(), last)
        at = last
    pieces.plain(at, end)


def _entity_length(entity: str) -> int:
    """Return how much of "&ampere" is the entity, 0 for none: an old name needs no semicolon and may be a beginning."""
    if entity[1] == "#" or entity[1:] in html5:
        return len(entity)
    return next((size for size in range(min(len(entity), _LONGEST), 1, -1) if entity[1:size] in _BARE), 0)
