"""Laws of offset maps."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.clean.pieces import squeeze
from pipeline.offsets import OffsetMap, Piece


@st.composite
def maps(draw: st.DrawFn, size: int | None = None) -> tuple[OffsetMap, int]:
    """A map as the stages make them, and the length of the text it points into."""
    pieces: list[Piece] = []
    at = 0
    for _ in range(draw(st.integers(1, 8))):
        at += draw(st.integers(0, 3))
        length = draw(st.integers(1, 6))
        end = at + length if size is None else min(at + length, size)
        if end <= at:
            break
        literal = draw(st.booleans())
        text = "x" * (end - at) if literal else "y" * draw(st.integers(1, 2))
        pieces.append(Piece(text, at, end, literal))
        at = end
    return OffsetMap.from_pieces(pieces), size if size is not None else at


@given(maps())
@settings(deadline=None, max_examples=100)
def test_starts_and_ends_never_fall(drawn: tuple[OffsetMap, int]) -> None:
    made, _ = drawn
    assert (np.diff(made.starts) >= 0).all()
    assert (np.diff(made.ends) >= 0).all()
    assert (made.ends > made.starts).all()


@given(maps())
@settings(deadline=None, max_examples=100)
def test_identity_is_neutral_on_both_sides(drawn: tuple[OffsetMap, int]) -> None:
    made, size = drawn
    assert made.through(OffsetMap.identity(size)) == made
    assert OffsetMap.identity(len(made)).through(made) == made


@given(st.data())
@settings(deadline=None, max_examples=100)
def test_composition_is_associative_and_composes_spans(data: st.DataObject) -> None:
    inner, size = data.draw(maps())
    middle, _ = data.draw(maps(size=len(inner)))
    outer, _ = data.draw(maps(size=len(middle)))
    assert outer.through(middle).through(inner) == outer.through(middle.through(inner))
    assume(len(outer))
    start = data.draw(st.integers(0, len(outer) - 1))
    end = data.draw(st.integers(start + 1, len(outer)))
    assert outer.through(middle).span(start, end) == middle.span(*outer.span(start, end))
    assert 0 <= outer.through(middle).through(inner).span(start, end)[0] <= size


@given(st.text(alphabet="ab \t\n\u00a0é\U0001f54a\u200b\xad\0", max_size=40), st.integers(0, 9))
@settings(deadline=None, max_examples=200)
def test_squeezed_text_goes_back_to_what_it_came_from(text: str, offset: int) -> None:
    source = " " * offset + f"x{text}x"
    taken = squeeze(source, offset, len(source))
    assert taken is not None
    squeezed, made = taken
    assert squeezed.split() == source.translate(dict.fromkeys([0x200B, 0xAD, 0])).split()
    assert len(made) == len(squeezed)
    assert "  " not in squeezed
    for at, char in enumerate(squeezed):
        start, end = made.span(at, at + 1)
        shown = source[start:end].translate(dict.fromkeys([0x200B, 0xAD, 0]))
        assert shown == char or (char == " " and shown.isspace())
    assert made.span(0, len(squeezed)) == (offset, len(source))


@given(st.lists(st.integers(1, 5), min_size=1, max_size=6))
@settings(deadline=None, max_examples=50)
def test_joined_parts_keep_their_spans_and_stay_monotone(sizes: list[int]) -> None:
    parts = [OffsetMap.identity(size, offset=10 * at) for at, size in enumerate(sizes)]
    joined = OffsetMap.join(parts)
    assert len(joined) == sum(sizes) + len(sizes) - 1
    assert (np.diff(joined.starts) >= 0).all()
    at = 0
    for part in parts:
        assert joined[slice(at, at + len(part))] == part
        at += len(part) + 1


@pytest.mark.parametrize(("start", "end"), [(0, 0), (2, 1), (-1, 2), (0, 4)])
def test_no_span_outside_the_text(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="no stretch"):
        OffsetMap.identity(3).span(start, end)


def test_empty_maps_compose() -> None:
    empty = OffsetMap.identity(0)
    assert len(OffsetMap.join([])) == len(OffsetMap.from_pieces([])) == 0
    assert empty.through(OffsetMap.identity(4)) == empty
    assert hash(empty) == hash(OffsetMap.identity(0))
    assert empty != "a map"
