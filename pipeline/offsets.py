"""The way back: which raw span each character of a text came from.

Every step that reads, unescapes, cuts or joins text returns its map; maps compose. Nothing is searched for afterwards.
Spans are half-open. Starts never fall and ends never fall, so a stretch of text always is one stretch of the raw input.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Positions = npt.NDArray[np.int32]


class Piece(NamedTuple):
    """Text made from `source[start:end]`: literal (character by character) or as a whole (an entity, an escape)."""

    text: str
    start: int
    end: int
    literal: bool


@dataclass(frozen=True, slots=True, eq=False)
class OffsetMap:
    """Spans of the source, one for each character: character i came from `starts[i]:ends[i]`."""

    starts: Positions
    ends: Positions

    @classmethod
    def identity(cls, length: int, *, offset: int = 0) -> OffsetMap:
        """Map `length` characters one to one, beginning at `offset` of the source."""
        starts = np.arange(offset, offset + length, dtype=np.int32)
        return cls(starts, starts + np.int32(1))

    @classmethod
    def from_pieces(cls, pieces: Sequence[Piece]) -> OffsetMap:
        """Map the concatenated text of `pieces`, in linear time."""
        if not pieces:
            return cls.identity(0)
        if len(pieces) == 1 and pieces[0].literal:
            return cls.identity(len(pieces[0].text), offset=pieces[0].start)
        lengths = np.array([len(piece.text) for piece in pieces], dtype=np.int32)
        starts = np.repeat(np.array([piece.start for piece in pieces], dtype=np.int32), lengths)
        ends = np.repeat(np.array([piece.end for piece in pieces], dtype=np.int32), lengths)
        literal = np.repeat(np.array([piece.literal for piece in pieces], dtype=np.bool_), lengths)
        first = np.repeat(np.cumsum(lengths, dtype=np.int32) - lengths, lengths)
        starts += np.where(literal, np.arange(len(starts), dtype=np.int32) - first, np.int32(0)).astype(np.int32)
        return cls(starts, np.where(literal, starts + np.int32(1), ends).astype(np.int32))

    @classmethod
    def join(cls, parts: Iterable[OffsetMap], *, separator: int = 1) -> OffsetMap:
        """Map parts joined by `separator` characters each; a separator stands for the gap between its neighbours."""
        kept = list(parts)
        size = sum(map(len, kept)) + separator * max(0, len(kept) - 1)
        starts, ends = np.zeros(size, dtype=np.int32), np.zeros(size, dtype=np.int32)
        at = last = 0
        for number, part in enumerate(kept):
            if number:
                starts[at : at + separator] = last
                ends[at : at + separator] = max(last, int(part.starts[0])) if len(part) else last
                at += separator
            if len(part):
                starts[at : at + len(part)], ends[at : at + len(part)] = part.starts, part.ends
                at += len(part)
                last = int(part.ends[-1])
        return cls(starts, ends)

    def __len__(self) -> int:
        return len(self.starts)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, OffsetMap):
            return NotImplemented
        return bool(np.array_equal(self.starts, other.starts) and np.array_equal(self.ends, other.ends))

    def __hash__(self) -> int:
        return hash((self.starts.tobytes(), self.ends.tobytes()))

    def __getitem__(self, chars: slice) -> OffsetMap:
        """Return the map of `text[chars]`."""
        return OffsetMap(self.starts[chars], self.ends[chars])

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span of `text[start:end]`, which must not be empty.

        Raises:
            ValueError: the stretch is empty or lies outside the text.
        """
        if not 0 <= start < end <= len(self.starts):
            raise ValueError(f"no stretch {start}:{end} in a text of {len(self.starts)} characters")
        return int(self.starts[start]), int(self.ends[end - 1])

    def through(self, inner: OffsetMap) -> OffsetMap:
        """Compose: this map points into a text that `inner` maps further back. Empty spans stay empty."""
        if not len(self):
            return self
        size = len(inner)
        if not size:
            return OffsetMap(np.zeros_like(self.starts), np.zeros_like(self.ends))
        at_end = self.starts >= size
        starts = np.where(at_end, inner.ends[-1], inner.starts[np.minimum(self.starts, size - 1)])
        ends = np.where(self.ends > self.starts, inner.ends[np.maximum(self.ends, 1) - 1], starts)
        return OffsetMap(starts.astype(np.int32), ends.astype(np.int32))
