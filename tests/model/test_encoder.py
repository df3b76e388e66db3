"""The encoder as a layer: `spacy train` trains a component of the user's own on it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import spacy
from spacy.cli.init_config import init_config
from spacy.cli.train import train
from spacy.language import Language
from spacy.tokens import DocBin, Span

from pipeline.errors import ConfigError
from pipeline.model.encoder import WIDTH, encoder

pytestmark = pytest.mark.model
SENTENCES = ["The zorgle of Lima slept.", "A zorgle ate the report.", "Nobody saw the tired zorgle in the harbour."]


def test_an_analysed_text_is_not_encoded_again(nlp: Language) -> None:
    doc, plain = nlp(SENTENCES[0]), nlp.make_doc(SENTENCES[0])
    (again,), (fresh,) = encoder().predict([doc]), encoder().predict([plain])
    assert again is doc.tensor
    assert fresh.shape == (len(doc), WIDTH)
    assert np.array_equal(again, fresh)


def test_another_pipeline_must_have_the_encoder(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "plain")
    layer, doc = encoder(str(tmp_path / "plain")), spacy.blank("en")("A text.")
    with pytest.raises(ConfigError, match="it lacks what the rules need"):
        layer.predict([doc])


@pytest.mark.slow
def test_spacy_train_trains_a_component_on_it(tmp_path: Path) -> None:
    blank = spacy.blank("en")
    docs = []
    for text in SENTENCES:
        doc = blank(text)
        doc.ents = [Span(doc, token.i, token.i + 1, "BEAST") for token in doc if token.text == "zorgle"]
        docs.append(doc)
    DocBin(docs=docs).to_disk(tmp_path / "beasts.spacy")
    config = init_config(lang="en", pipeline=["ner"])
    config["nlp"]["pipeline"] = ["ner"]
    del config["components"]["tok2vec"]
    config["components"]["ner"]["model"]["tok2vec"] = {"@architectures": "claimledger.Encoder.v1"}
    config["paths"] |= {"train": str(tmp_path / "beasts.spacy"), "dev": str(tmp_path / "beasts.spacy")}
    config["training"] |= {"max_steps": 60, "eval_frequency": 30}
    config.to_disk(tmp_path / "config.cfg")
    train(tmp_path / "config.cfg", tmp_path / "out")
    own = spacy.load(tmp_path / "out" / "model-last")
    assert [ent.text for ent in own("They found a zorgle near Oslo.").ents] == ["zorgle"]
