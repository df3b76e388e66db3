"""Readings of the same words: the longer one, then the first source, whatever order they come in."""

from __future__ import annotations

from itertools import pairwise, permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.recognize.overlaps import SOURCES, Reading, choose


def reading(start: int, end: int, source: str, confidence: float = 0.5) -> Reading:
    return Reading(start, end, "organization", "ORG", source, "rule", "detector", confidence)


READINGS = st.builds(
    lambda start, length, source, confidence: reading(start, start + length, source, confidence),
    st.integers(0, 12), st.integers(1, 6), st.sampled_from(SOURCES), st.sampled_from([0.25, 0.5, 0.75]),
)  # fmt: skip


@pytest.mark.parametrize(
    ("offered", "kept"),
    [
        ([(0, 4, "definition"), (0, 9, "model")], (0, 9, "model")),
        ([(0, 4, "model"), (0, 4, "lexicon")], (0, 4, "lexicon")),
        ([(0, 4, "lexicon"), (0, 4, "definition")], (0, 4, "definition")),
        ([(0, 4, "repeated"), (0, 4, "model")], (0, 4, "model")),
        ([(2, 6, "model"), (0, 4, "lexicon")], (0, 4, "lexicon")),
    ],
)
def test_declared_order_decides(offered: list[tuple[int, int, str]], kept: tuple[int, int, str]) -> None:
    for some in permutations(offered):
        assert [(one.start, one.end, one.source) for one in choose(reading(*one) for one in some)] == [kept]


@given(st.lists(READINGS, max_size=7), st.randoms())
def test_the_order_of_finding_never_decides(readings: list[Reading], rng: object) -> None:
    shuffled = readings[:]
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert choose(readings) == choose(shuffled)


@given(st.lists(READINGS, max_size=7), st.lists(st.tuples(st.integers(0, 9), st.integers(10, 12)), max_size=1))
def test_what_is_kept_overlaps_nothing(readings: list[Reading], blocked: list[tuple[int, int]]) -> None:
    spans = sorted([*blocked, *((one.start, one.end) for one in choose(readings, blocked=blocked))])
    assert all(end <= start for (_, end), (start, _) in pairwise(spans))
