"""Entities of GUM: linked names get a class, names without a link stay open, phrases are no names."""

from __future__ import annotations

from pathlib import Path

import pytest

from models.training.corpora import ANY, BIT, read_conllu
from models.training.gum import gum_entities

PLACE = [BIT[f"{mark}-GPE"] | BIT[f"{mark}-LOC"] for mark in "BI"]
ROWS = {  # word: part of speech, notes
    "linked": [
        ("Dr.", "NOUN", "Entity=(1-person-new-cf1-2-1-coref-Ada_Brook"), ("Brook", "PROPN", "Entity=1)"),
        ("left", "VERB", ""), ("the", "DET", "Entity=(2-place-new-cf2-3-2-coref-Lake_District"), ("Lake", "PROPN", ""),
        ("District", "PROPN", "Entity=2)"),
    ],
    "nested": [
        ("the", "DET", "Entity=(3-organization-new-cf1-2-2-coref"), ("office", "NOUN", ""), ("of", "ADP", ""),
        ("Rowing", "PROPN", "Entity=(4-organization-new-cf2-2-1-sgl-Rowing_Club"), ("Club", "PROPN", "Entity=4)3)"),
    ],
    "unlinked": [("Rook", "PROPN", "Entity=(5-abstract-new-cf1-1-sgl)"), ("sank", "VERB", "")],
}  # fmt: skip
WANTED = {
    "linked": [BIT["O"], BIT["B-PERSON"], BIT["O"], BIT["O"], *PLACE],
    "nested": [BIT["O"], BIT["O"], BIT["O"], BIT["B-ORG"], BIT["I-ORG"]],
    "unlinked": [ANY, BIT["O"]],
}


@pytest.mark.parametrize("name", ROWS)
def test_entities_of_gum(name: str, tmp_path: Path) -> None:
    lines = [
        "\t".join([str(at), word, word, pos, "X", "_", str(at - 1), "dep", "_", notes or "_"])
        for at, (word, pos, notes) in enumerate(ROWS[name], 1)
    ]
    path = tmp_path / "gum.conllu"
    path.write_text(f"# sent_id = {name}\n" + "\n".join(lines) + "\n\n", "utf-8")
    examples = dict(read_conllu(path))
    gum_entities(examples, path)
    found = examples[name].entities or ()
    assert [
        bits if wanted != BIT["O"] else bits & wanted for bits, wanted in zip(found, WANTED[name], strict=True)
    ] == (WANTED[name])
