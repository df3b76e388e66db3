"""Lemmas that cannot be right are mended; all others are left as the network says."""

from __future__ import annotations

import pytest

from pipeline.model.lemmas import mended

KNOWN = frozenset(
    {"found", "create", "sign", "ban", "ba", "plan", "host", "have", "be", "lead", "leave", "state", "add", "ad"}
)


@pytest.mark.parametrize(
    ("word", "lemma", "tag", "wanted"),
    [
        ("founded", "founde", "VBN", "found"),
        ("Founded", "founde", "VBN", "found"),
        ("ratified", "ratifie", "VBN", "ratify"),
        ("ratified", "ratifi", "VBD", "ratify"),
        ("bans", "ba", "VBZ", "ban"),
        ("banned", "banne", "VBN", "ban"),
        ("created", "creat", "VBN", "create"),
        ("codifying", "codifye", "VBG", "codify"),
        ("treaties", "treatie", "NNS", "treaty"),
        ("sign", "sign", "VB", "sign"),
        ("signed", "sign", "VBD", "sign"),
        ("has", "have", "VBZ", "have"),
        ("led", "lead", "VBD", "lead"),
        ("left", "leave", "VBN", "leave"),
        ("added", "ad", "VBN", "add"),
        ("took", "to", "VBD", "take"),
        ("written", "writte", "VBN", "write"),
        ("Signed", "signed", "VBN", "sign"),
        ("endorsed", "endors", "VBD", "endorse"),
        ("states", "state", "NNS", "state"),
        ("founde", "founde", "NN", "founde"),
    ],
)
def test_lemma(word: str, lemma: str, tag: str, wanted: str) -> None:
    assert mended(word, lemma, tag, KNOWN) == wanted
