"""The model that ships: what it sets, that it is whole, and that nothing but the unit decides its analysis."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy import displacy
from spacy.cli.evaluate import evaluate
from spacy.language import Language
from spacy.matcher import DependencyMatcher
from spacy.tokens import DocBin
from threadpoolctl import threadpool_info

from pipeline.errors import ConfigError
from pipeline.model.analyzer import _WINDOW, _windows
from pipeline.nlp import SHIPPED, blank, load, parse_units, version

pytestmark = pytest.mark.model
SENTENCE = "Iceland and Norway signed a fisheries agreement in Reykjavik in 1998."


def test_spacy_opens_it() -> None:
    assert spacy.load(SHIPPED).pipe_names == ["claimledger_analyzer"]


def test_it_is_small_enough_to_ship() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) < 40_000_000


def test_version_names_the_pipeline(nlp: Language) -> None:
    assert version(nlp).startswith("en_articles/")


def test_lemmas_outlive_a_memory_zone(nlp: Language) -> None:
    text = "Nobody zorgled the quibblers."
    with nlp.memory_zone():
        before = [token.lemma_ for token in nlp(text)]
    assert [token.lemma_ for token in nlp(text)] == before


def test_algebra_keeps_to_one_thread(nlp: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def watched(*arrays: Any, **options: Any) -> Any:
        seen.extend(library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas")
        return einsum(*arrays, **options)

    einsum = np.einsum
    monkeypatch.setattr("pipeline.model.analyzer.np.einsum", watched)
    nlp(SENTENCE)
    assert seen
    assert set(seen) == {1}


def test_a_sentence_is_analysed(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    assert doc.text == SENTENCE
    root = next(token for token in doc if token.dep_ == "ROOT")
    assert (root.text, root.lemma_, root.tag_, root.pos_) == ("signed", "sign", "VBD", "VERB")
    assert [child.text for child in root.children if child.dep_ == "nsubj"] == ["Iceland"]
    assert {ent.text: ent.label_ for ent in doc.ents} == {"Iceland": "GPE", "Norway": "GPE", "Reykjavik": "GPE"}
    assert max(doc.cats, key=lambda level: doc.cats[level]) == "specific"
    assert sum(doc.cats.values()) == pytest.approx(1.0, abs=1e-5)
    assert all(0 < value <= 1 for value in doc.user_data["confidence"].values())


@pytest.mark.parametrize("text", ["", " ", ".", "Treaty", "A\u00a0B", "🙂 NATO", "x" * 5000, "a " * 3000])
def test_every_text_is_covered_by_its_tokens(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert len(list(doc.sents)) <= 1
    assert all(token.dep_ for token in doc)


def test_other_units_change_nothing(nlp: Language) -> None:
    others = ["Short.", "The committee met again because nobody had read the long report about the harbour. " * 4]
    alone, among = parse_units(nlp, [SENTENCE])[0], parse_units(nlp, [others[0], SENTENCE, others[1]])[1]
    assert alone.to_json() == among.to_json()
    assert alone.cats == among.cats


@pytest.mark.slow
def test_a_long_unit_is_read_in_windows(nlp: Language) -> None:
    part = "The ministers of Chile and Peru met in Lima, and the delegates of the Andean Community agreed on a plan, "
    doc = nlp(part * 40 + "and then they left.")
    assert len(doc) > 800
    assert len(list(doc.sents)) == 1
    named = [ent.text for ent in doc.ents]
    assert named.count("Chile") >= 36
    assert named.count("Andean Community") >= 36


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(1, 12), min_size=1, max_size=900), st.booleans())
def test_windows_cover_every_word_and_overlap(sizes: list[int], monster: bool) -> None:
    sizes = [*sizes, 700, 3] if monster else sizes
    first = [1]
    for size in sizes[:-1]:
        first.append(first[-1] + size)
    end = first[-1] + sizes[-1]
    windows = list(_windows(first, end))
    assert {word for begin, stop in windows for word in range(begin, stop)} == set(range(len(first)))
    for begin, stop in windows:
        last = first[stop] if stop < len(first) else end
        assert last - first[begin] <= _WINDOW - 2 or stop == begin + 1
    for (begin, stop), (after, _) in itertools.pairwise(windows):
        assert begin < after <= stop


def test_bytes_keep_it(nlp: Language) -> None:
    other = blank()
    other.add_pipe("claimledger_analyzer").from_bytes(nlp.get_pipe("claimledger_analyzer").to_bytes())
    assert other(SENTENCE).to_json()["ents"] == nlp(SENTENCE).to_json()["ents"]


def test_the_tools_of_spacy_read_it(nlp: Language) -> None:
    doc = nlp(SENTENCE)
    assert displacy.render(doc, style="ent").count("GPE") == 3
    assert "nsubj" in displacy.render(doc, style="dep")
    matcher = DependencyMatcher(nlp.vocab)
    pattern = [
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "sign"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "signer", "RIGHT_ATTRS": {"DEP": "nsubj"}},
    ]
    matcher.add("signer", [pattern])
    ((_, (_, signer)),) = matcher(doc)
    assert doc[signer].text == "Iceland"


def test_spacy_evaluate_scores_it(nlp: Language, tmp_path: Path) -> None:
    DocBin(docs=[nlp(SENTENCE)], store_user_data=False).to_disk(tmp_path / "own.spacy")
    scores = evaluate(str(SHIPPED), tmp_path / "own.spacy", silent=True)
    assert {scores[name] for name in ("tag_acc", "pos_acc", "lemma_acc", "dep_uas", "dep_las", "ents_f")} == {1.0}
    wrong = nlp(SENTENCE)
    wrong.ents = wrong.ents[:1]
    DocBin(docs=[wrong], store_user_data=False).to_disk(tmp_path / "wrong.spacy")
    assert evaluate(str(SHIPPED), tmp_path / "wrong.spacy", silent=True)["ents_f"] == pytest.approx(0.5)


def test_an_unfilled_component_says_so() -> None:
    nlp = blank()
    nlp.add_pipe("claimledger_analyzer")
    with pytest.raises(ConfigError, match="no network"):
        nlp(SENTENCE)


def test_a_missing_model_is_an_error_of_the_set_up(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="model"):
        load(tmp_path / "nowhere")
