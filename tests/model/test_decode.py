"""Decoding: trees, spans and lemmas from scores, without a model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from pipeline.model.decode import lemma_of, spans_of, tree_of

LABELS = ["O", "B-ORG", "I-ORG", "B-GPE", "I-GPE"]


@pytest.mark.parametrize(
    ("word", "script", "lemma"),
    [
        ("signed", "k2", "sign"),
        ("The", "l0", "the"),
        ("went", "k4go", "go"),
        ("Treaties", "l3y", "treaty"),
        ("ran", "k9run", "run"),
        ("odd", "no script", "odd"),
    ],
)
def test_a_script_makes_the_lemma(word: str, script: str, lemma: str) -> None:
    assert lemma_of(word, script) == lemma


def test_the_best_heads_are_kept_where_they_are_a_tree() -> None:
    arcs = np.array([[0, 0, 5, 0], [5, 0, 0, 0], [0, 0, 5, 0]], dtype=np.float32)
    assert tree_of(arcs) == [1, -1, 1]


def test_a_cycle_is_broken_at_the_least_cost() -> None:
    arcs = np.array([[4, 0, 5, 0], [1, 5, 0, 0], [0, 0, 5, 0]], dtype=np.float32)  # words 1 and 2 head each other
    assert tree_of(arcs) == [-1, 0, 1]


@settings(max_examples=200, deadline=None)
@given(st.integers(1, 9).flatmap(lambda n: arrays(np.float32, (n, n + 1), elements=st.floats(-5, 5, width=16))))
def test_every_score_gives_a_tree_with_one_root(arcs: np.ndarray) -> None:
    heads = tree_of(arcs)
    assert heads.count(-1) == 1
    for word in range(len(heads)):
        at, steps = word, 0
        while at >= 0:
            at, steps = heads[at], steps + 1
            assert steps <= len(heads)


def brute_force(arcs: np.ndarray, root: int) -> float:
    """Best sum of scores over all trees under `root`, by trying them."""
    n = len(arcs)
    best = -np.inf
    for code in range(n**n):
        heads = [(code // n**word) % n for word in range(n)]
        heads[root] = -1
        good = all(reaches(heads, word) for word in range(n))
        if good:
            best = max(best, sum(float(arcs[w, h + 1]) for w, h in enumerate(heads) if h >= 0))
    return best


def reaches(heads: list[int], word: int) -> bool:
    for _ in range(len(heads) + 1):
        if word < 0:
            return True
        word = heads[word]
    return False


@settings(max_examples=60, deadline=None)
@given(arrays(np.float32, (4, 5), elements=st.floats(-5, 5, width=16)))
def test_no_tree_under_the_same_root_scores_better(arcs: np.ndarray) -> None:
    heads = tree_of(arcs)
    mine = sum(float(arcs[word, head + 1]) for word, head in enumerate(heads) if head >= 0)
    assert mine >= brute_force(arcs, heads.index(-1)) - 1e-3


def test_an_inside_label_follows_only_its_own_beginning() -> None:
    scores = np.full((3, 5), -4.0, dtype=np.float32)
    scores[0, 1] = scores[1, 2] = 4.0
    scores[2, 4] = 2.0  # I-GPE after I-ORG cannot stand
    found = spans_of(scores, LABELS)
    assert found[0][:3] == ("ORG", 0, 2)
    assert all(0 < probability <= 1 for *_, probability in found)


def test_nothing_is_found_where_outside_is_best() -> None:
    assert spans_of(np.array([[3, 0, 0, 0, 0]], dtype=np.float32), LABELS) == []
