"""The matching of the CaRB scorer, by hand-worked pairs."""

from __future__ import annotations

import pytest

from tests.quality.carb import Tuple, matched, score_sentence, words_of


def tuple_of(text: str) -> Tuple:
    first, relation, rest = (words_of(part) for part in text.split("|"))
    return Tuple(relation, first, rest)


@pytest.mark.parametrize(
    ("gold", "found", "expected"),
    [
        ("Oslo | hosted | the summit in 2004", "Oslo | hosted | the summit in 2004", (1.0, 1.0)),
        ("Oslo | hosted | the summit in 2004", "Oslo | hosted | the summit", (1.0, 4 / 6)),
        ("Oslo | hosted | the summit", "Oslo | opened | the summit", (0.0, 0.0)),
        ("Oslo | was hosting | it", "Bergen | was | it", (2 / 3, 2 / 4)),
    ],
)
def test_words_are_matched_role_by_role(gold: str, found: str, expected: tuple[float, float]) -> None:
    assert matched(tuple_of(gold), tuple_of(found)) == pytest.approx(expected)


def test_precision_is_one_to_one_and_recall_many_to_one() -> None:
    gold = [tuple_of("Oslo | hosted | the summit"), tuple_of("Oslo | hosted | the fair")]
    found = [tuple_of("Oslo | hosted | the summit and the fair")]
    precision, recall = score_sentence(gold, found)
    assert precision == pytest.approx(4 / 7)
    assert recall == pytest.approx(2.0)


def test_treebank_marks_are_plain() -> None:
    assert words_of("-LRB- `` a '' -RRB-") == ("(", '"', "a", '"', ")")
