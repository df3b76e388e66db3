"""The network that ships, read back for training: what it says then is what it says at run time."""

from __future__ import annotations

import numpy as np
import pytest
from spacy.language import Language

from pipeline.model.pieces import encode
from pipeline.nlp import SHIPPED

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytestmark = [pytest.mark.model, pytest.mark.slow]


def test_a_directory_that_ships_is_a_start_for_training(nlp: Language) -> None:
    from models.training.shipped import read_labels, read_network

    network = read_network(SHIPPED).eval()
    component = nlp.get_pipe("claimledger_analyzer")
    assert read_labels(SHIPPED) == component.labels
    words = [
        token.text for token in nlp.make_doc("The harbour office of Lisbon signed a short lease with Spain in 1998.")
    ]
    pieces, shapes, first = encode(component._pieces_of, words)
    shipped = component._run(pieces, shapes, first)
    with torch.no_grad():
        ones = torch.ones(1, len(pieces)), torch.ones(1, len(first))
        read = network(torch.tensor([pieces]), torch.tensor([shapes]), ones[0], torch.tensor([first]), ones[1])
    for task in ("tags", "pos", "entities", "arcs"):
        assert np.abs(shipped[task] - read[task][0].numpy()).max() < 3  # activations are rounded, of scores to 15
        assert (shipped[task].argmax(-1) == read[task][0].numpy().argmax(-1)).all()
