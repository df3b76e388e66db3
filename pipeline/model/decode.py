"""From scores to annotations: trees from arc scores, spans from BIO scores, lemmas from edit scripts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
_SCRIPT = re.compile(r"([lk])(\d+)(.*)", re.DOTALL)


def lemma_of(word: str, script: str) -> str:
    """Apply an edit script: "l" for lower case first, how many characters go, what is put on."""
    match = _SCRIPT.fullmatch(script)
    if match is None:
        return word
    text = word.lower() if match[1] == "l" else word
    cut = int(match[2])
    return (text[: len(text) - cut] if cut <= len(text) else "") + match[3] or word


def tree_of(arcs: Floats) -> list[int]:
    """Return the head of each word, -1 for the one root.

    The best head of each word, where that is a tree with one root; else the maximum spanning arborescence (Chu and Liu
    1965, Edmonds 1967) under the best root.

    Args:
        arcs: [words, 1 + words], score of each head for each word; column 0 is the root.
    """
    heads = arcs.argmax(1)
    roots = np.flatnonzero(heads == 0)
    if len(roots) != 1:
        gain = arcs[:, 0] - arcs[:, 1:].max(1) if arcs.shape[0] > 1 else arcs[:, 0]
        root = int(gain.argmax())
        arcs = arcs.copy()
        arcs[np.arange(len(arcs)) != root, 0] = -1e9
        heads = arcs.argmax(1)
        heads[root] = 0
    else:
        root = int(roots[0])
    found = [int(head) - 1 for head in heads]
    if _cycle(found) is None:
        return found
    scores = np.full((len(arcs), len(arcs)), -1e9, dtype=np.float64)  # [head, word]
    scores[:, :] = arcs[:, 1:].T
    np.fill_diagonal(scores, -1e9)
    return _edmonds(scores, root)


def _cycle(heads: Sequence[int]) -> list[int] | None:
    """Return the words of a cycle, or None for a tree."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path, at = [], start
        while at >= 0 and state[at] == 0:
            state[at] = 1
            path.append(at)
            at = heads[at]
        if at >= 0 and state[at] == 1:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return None


def _edmonds(scores: NDArray[np.float64], root: int) -> list[int]:
    """Return the head of each node in the maximum arborescence of `scores` [head, node] from `root`, which gets -1."""
    best = scores.argmax(0)
    heads = [int(head) for head in best]
    heads[root] = -1
    cycle = _cycle(heads)
    if cycle is None:
        return heads
    inside = set(cycle)
    outside = [node for node in range(len(heads)) if node not in inside]
    total = len(outside)  # the cycle becomes the last node
    smaller = np.full((total + 1, total + 1), -1e18)
    rest = np.array(outside, dtype=np.int64)
    smaller[:total, :total] = scores[rest[:, None], rest]
    members = np.array(cycle)
    kept = np.array([scores[heads[node], node] for node in cycle])
    into = scores[rest[:, None], members] - kept[None, :]
    out = scores[members[:, None], rest]
    smaller[:total, total] = into.max(1)
    smaller[total, :total] = out.max(0)
    contracted = _edmonds(smaller, outside.index(root))
    result = heads[:]
    for place, node in enumerate(outside):
        head = contracted[place]
        result[node] = -1 if head < 0 else int(members[out[:, place].argmax()]) if head == total else outside[head]
    entry = contracted[total]
    broken = int(members[into[entry].argmax()])
    result[broken] = outside[entry]
    return result


def spans_of(scores: Floats, labels: Sequence[str]) -> list[tuple[str, int, int, float]]:
    """Return label, first word, word after the last, and probability of each entity.

    Viterbi over BIO: I follows only B or I of its label (Ratinov and Roth 2009). The probability is the geometric mean
    of those of its words.

    Args:
        scores: [words, classes].
        labels: the BIO class of each column, "O" first.
    """
    if not len(scores) or not (scores[:, 1:].max(1) > scores[:, 0]).any():
        return []
    logs = scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
    allowed = _transitions(tuple(labels))
    best = logs[0] + np.where([label.startswith("I-") for label in labels], -1e9, 0.0)
    back = np.zeros(scores.shape, dtype=np.int32)
    for at in range(1, len(logs)):
        reach = best[:, None] + allowed
        back[at] = reach.argmax(0)
        best = reach.max(0) + logs[at]
    path = [int(best.argmax())]
    for at in range(len(logs) - 1, 0, -1):
        path.append(int(back[at, path[-1]]))
    path.reverse()
    found: list[tuple[str, int, int, float]] = []
    start = -1
    for at in range(len(path) + 1):
        label = labels[path[at]] if at < len(path) else "O"
        if start >= 0 and not label.startswith("I-"):
            chosen = [float(logs[word, path[word]]) for word in range(start, at)]
            found.append((labels[path[start]][2:], start, at, float(np.exp(np.mean(chosen)))))
            start = -1
        if label.startswith("B-"):
            start = at
    return found


@lru_cache
def _transitions(labels: tuple[str, ...]) -> Floats:
    table = np.zeros((len(labels), len(labels)), dtype=np.float32)
    for after, label in enumerate(labels):
        if label.startswith("I-"):
            for before, other in enumerate(labels):
                if other == "O" or other[2:] != label[2:]:
                    table[before, after] = -1e9
    return table
