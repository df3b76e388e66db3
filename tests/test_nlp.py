"""Loading: the pipeline that ships, and those of the user's own."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.training import Example

from pipeline.errors import ConfigError
from pipeline.nlp import SHIPPED, blank, load, parse_units

WORDS = ["The", "council", "sent", "a", "letter", "to", "Geneva", "."]
NOTES = {
    "words": WORDS,
    "tags": ["DT", "NN", "VBD", "DT", "NN", "IN", "NNP", "."],
    "pos": ["DET", "NOUN", "VERB", "DET", "NOUN", "ADP", "PROPN", "PUNCT"],
    "morphs": [""] * 8,
    "lemmas": ["the", "council", "send", "a", "letter", "to", "Geneva", "."],
    "heads": [1, 2, 2, 4, 2, 6, 2, 2],
    "deps": ["det", "nsubj", "ROOT", "det", "obj", "case", "obl", "punct"],
    "entities": ["O", "U-ORG", "O", "O", "U-LAW", "O", "U-GPE", "O"],
}


def trained(folder: Path, *, deps: list[str] | None = None) -> Path:
    """Train spaCy's own components on one sentence and write the pipeline."""
    nlp = spacy.blank("en")
    for name in ("tagger", "morphologizer", "ner", "trainable_lemmatizer"):
        nlp.add_pipe(name)
    nlp.add_pipe("parser", config={"min_action_freq": 1})
    nlp.get_pipe("trainable_lemmatizer").min_tree_freq = 1
    known = NOTES if deps is None else {**NOTES, "deps": deps}
    nmod = {**known, "deps": ["nmod" if dep == "obl" and deps is None else dep for dep in known["deps"]]}
    examples = [Example.from_dict(nlp.make_doc(" ".join(WORDS)), notes) for notes in (known, nmod)]
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(3):
        nlp.update(examples, sgd=optimizer)
    nlp.to_disk(folder)
    return folder


def test_a_pipeline_of_the_users_own_gets_one_sentence_a_unit_and_its_laws_as_agreements(tmp_path: Path) -> None:
    nlp = load(trained(tmp_path / "own"))
    text = "The council sent a letter to Geneva. The council sent a letter."
    (doc,) = parse_units(nlp, [text])
    assert doc.text == text
    assert len(list(doc.sents)) == 1
    assert [span.label_ for span in doc.spans["agreements"]] == ["AGR" for ent in doc.ents if ent.label_ == "LAW"]


def test_other_dependencies_than_universal_ones_are_refused(tmp_path: Path) -> None:
    other = ["det", "nsubj", "ROOT", "det", "dobj", "prep", "pobj", "punct"]
    with pytest.raises(ConfigError, match=r"Universal Dependencies \(case, nmod, obj, obl\)"):
        load(trained(tmp_path / "other", deps=other))


def test_an_empty_pipeline_says_all_that_it_lacks(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "empty")
    with pytest.raises(ConfigError, match=r"tags; parts of speech; lemmas; dependencies; .*entity labels GPE, ORG"):
        load(tmp_path / "empty")


def test_no_such_package() -> None:
    with pytest.raises(ConfigError, match="en_of_nobody"):
        load("en_of_nobody")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the U.S.-Japan alliance", ["the", "U.S.", "-", "Japan", "alliance"]),
        ("EU–Japan ties", ["EU", "–", "Japan", "ties"]),
        ("WTO/GATT rules", ["WTO", "/", "GATT", "rules"]),
        ("well-known", ["well", "-", "known"]),
        ("3/4 of them", ["3/4", "of", "them"]),
    ],
)
def test_pairs_are_split_at_their_joint(text: str, words: list[str]) -> None:
    assert [token.text for token in blank().make_doc(text)] == words


@pytest.mark.model
def test_the_shipped_pipeline_needs_nothing_added(nlp: Language) -> None:
    assert nlp.pipe_names == ["claimledger_analyzer"]
    assert load(SHIPPED).pipe_names == nlp.pipe_names
