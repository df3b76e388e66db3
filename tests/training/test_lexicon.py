"""What treebanks know of frequent words, and how a teacher that has drifted is told by it."""

from __future__ import annotations

import pytest

from models.training.lexicon import OFTEN, Lexicon

COMMA, RUN, RARE = 10, 11, 12
PUNCT, VERB, NOUN = 0, 1, 2


def row(piece: int, tag: int) -> dict[str, list[int]]:
    return {"pieces": [101, piece, 102], "first": [1], "tags": [tag], "pos": [tag], "deps": [tag]}


LEXICON = Lexicon.of(
    [row(COMMA, PUNCT)] * 300
    + [row(COMMA, VERB)]  # a slip
    + [row(RUN, VERB)] * OFTEN
    + [row(RUN, NOUN)] * OFTEN
    + [row(RARE, NOUN)] * (OFTEN - 1)
)


@pytest.mark.parametrize(
    ("pieces", "tags", "sane"),
    [
        ([COMMA, RUN], [PUNCT, VERB], True),
        ([COMMA, RUN], [PUNCT, NOUN], True),
        ([COMMA, RUN], [VERB, NOUN], False),
        ([RUN], [PUNCT], False),
        ([RARE], [PUNCT], True),
        ([99], [VERB], True),
        ([], [], True),
    ],
)
def test_a_frequent_word_with_a_tag_it_never_has_tells_drift(pieces: list[int], tags: list[int], sane: bool) -> None:
    assert LEXICON.is_sane(pieces, tags) is sane


def test_only_words_that_nearly_always_have_one_label_are_certain() -> None:
    assert dict(LEXICON.usual) == {COMMA: {"tags": PUNCT, "pos": PUNCT, "deps": PUNCT}}
