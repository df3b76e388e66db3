"""The encoder of the shipped pipeline as a frozen tok2vec layer, for components that a user trains with `spacy train`.

    [components.ner.model.tok2vec]
    @architectures = "claimledger.Encoder.v1"

Nothing in it is trained. A component under it that stands in a pipeline after the analyzer shares the one pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc
from spacy.util import registry
from thinc.api import Model

from pipeline.errors import ConfigError

if TYPE_CHECKING:
    from pipeline.model.analyzer import Analyzer

WIDTH = 384
Vectors = list[NDArray[np.float32]]


@registry.architectures("claimledger.Encoder.v1")  # type: ignore[untyped-decorator]
def encoder(model: str | None = None) -> Model[list[Doc], Vectors]:
    """Return the layer: Docs to the vectors of their words.

    Args:
        model: a pipeline with our analyzer; None: the one that ships.
    """
    return Model("claimledger_encoder", _forward, dims={"nO": WIDTH}, attrs={"model": model})


def _forward(layer: Model[list[Doc], Vectors], docs: list[Doc], is_train: bool) -> tuple[Vectors, Callable[..., Any]]:
    vectors: Vectors = [
        cast("Vectors", [doc.tensor])[0] if doc.tensor.shape == (len(doc), WIDTH) else _encode(layer, doc)
        for doc in docs
    ]
    return vectors, lambda gradient: []  # frozen


def _encode(layer: Model[list[Doc], Vectors], doc: Doc) -> NDArray[np.float32]:
    from pipeline.model.analyzer import FACTORY
    from pipeline.nlp import load  # which imports the analyzer, which registers this

    if not len(doc):
        return np.zeros((0, WIDTH), np.float32)
    nlp = load(layer.attrs["model"])
    names = [name for name in nlp.pipe_names if nlp.get_pipe_meta(name).factory == FACTORY]
    if not names:
        raise ConfigError(f"model {layer.attrs['model']}: it has no {FACTORY}, whose encoder is asked for")
    return cast("Analyzer", nlp.get_pipe(names[0])).vectors(doc)
