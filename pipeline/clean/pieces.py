"""The visible text of one block, gathered from its source as pieces: blanks never double, unseen characters go.

A lone blank between two words stays inside its piece, so that a paragraph is one piece and not one for each word.
"""

from __future__ import annotations

import re

from pipeline.offsets import OffsetMap, Piece

# Controls, soft hyphens, zero-width blanks, marks of direction, byte order marks: nothing on the page.
UNSEEN = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u180e\u200b\u200e\u200f\u2060-\u2064\u2066-\u206f\u202a-\u202e\ufeff"
_LOOSE = re.compile(rf"[^\S ][\s{UNSEEN}]*+| [\s{UNSEEN}]++|[{UNSEEN}][\s{UNSEEN}]*+")
_NOTHING = re.compile(rf"[{UNSEEN}]+")
_SPACES = re.compile(r"\s+")


class Pieces:
    """Pieces of `source` that follow each other; the text neither begins with a blank nor holds two in a row."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.parts: list[Piece] = []

    def plain(self, start: int, end: int) -> None:
        """Add `source[start:end]`, each run of white space as one blank."""
        at = start
        for loose in _LOOSE.finditer(self.source, start, end):
            self._literal(at, loose.start())
            self.shown(loose[0], loose.start(), loose.end())
            at = loose.end()
        self._literal(at, end)

    def shown(self, text: str, start: int, end: int) -> None:
        """Add `text`, which stands for `source[start:end]` as a whole."""
        text = _SPACES.sub(" ", _NOTHING.sub("", text))
        if text and not (text == " " and self.at_blank()):
            self.parts.append(Piece(text, start, end, False))

    def at_blank(self) -> bool:
        """Tell whether a blank added here would double one or begin the text."""
        return not self.parts or self.parts[-1].text[-1] == " "

    def take(self) -> tuple[str, OffsetMap] | None:
        """Return the text without a blank at its end, with its map, and begin anew; None where there is none."""
        parts, self.parts = self.parts, []
        if parts and parts[-1].text[-1] == " ":
            last = parts.pop()
            if len(last.text) > 1:
                parts.append(Piece(last.text[:-1], last.start, last.end - 1, True))
        if not parts:
            return None
        return "".join(part.text for part in parts), OffsetMap.from_pieces(parts)

    def _literal(self, start: int, end: int) -> None:
        if start < end and self.source[start] == " " and self.at_blank():
            start += 1
        if start < end:
            self.parts.append(Piece(self.source[start:end], start, end, True))


def squeeze(source: str, start: int, end: int) -> tuple[str, OffsetMap] | None:
    """Return `source[start:end]` as it is shown: white space as single blanks that point at their runs."""
    pieces = Pieces(source)
    pieces.plain(start, end)
    return pieces.take()
