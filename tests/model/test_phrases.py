"""Names torn apart by a parse are put together, and nothing else changes."""

from __future__ import annotations

import pytest
from spacy.tokens import Doc, Span

from pipeline.model.phrases import join_names
from pipeline.nlp import blank

WORDS = ["The", "Council", "of", "Ports", "(", "CP", ")", "was", "founded", "in", "Norland", "."]


def parsed(heads: list[int], deps: list[str]) -> Doc:
    doc = Doc(blank().vocab, words=WORDS, heads=heads, deps=deps)
    doc.ents = [Span(doc, 1, 4, "ORG"), Span(doc, 5, 6, "ORG"), Span(doc, 10, 11, "GPE")]
    return doc


TORN = (
    [8, 8, 3, 8, 8, 8, 8, 8, 8, 10, 8, 8],
    "nsubj:pass nsubj:pass case nmod punct nsubj:pass punct aux ROOT case obl punct",
)
WHOLE = ([1, 8, 3, 1, 5, 1, 5, 8, 8, 10, 8, 8], "det nsubj:pass case nmod punct appos punct aux ROOT case obl punct")


@pytest.mark.parametrize(("heads", "deps"), [TORN, WHOLE])
def test_a_name_is_one_phrase(heads: list[int], deps: str) -> None:
    doc = join_names(parsed(heads, deps.split()))
    assert [doc[at].head.text for at in (0, 1, 3, 5)] == ["Council", "founded", "Council", "Council"]
    assert [doc[at].dep_ for at in (0, 1, 5)] == ["det", "nsubj:pass", "appos"]
    assert [token.head.i for token in doc][7:] == heads[7:]
