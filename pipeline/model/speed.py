"""Speed of a pipeline alone, and of a plain convolutional one to hold it against: what `claimledger bench` prints."""

from __future__ import annotations

import time
from collections.abc import Sequence

from spacy.language import Language
from spacy.training import Example

from pipeline.nlp import blank

_TAGS, _DEPS = ("NN", "VB", "IN", "DT", "JJ"), ("nsubj", "obj", "case", "det", "amod", "nmod", "obl", "conj")
_CNN = {
    "@architectures": "spacy.HashEmbedCNN.v2", "pretrained_vectors": None, "width": 128, "depth": 4,
    "embed_size": 2000, "window_size": 1, "maxout_pieces": 3, "subword_features": True,
}  # fmt: skip


def words_per_second(nlp: Language, texts: Sequence[str]) -> float:
    """Return words (what blanks divide) a second of processor time, one text a call: the best of three rounds."""
    rounds = []
    for _ in range(3):
        begin = time.process_time()
        for text in texts:
            nlp(text)
        rounds.append(time.process_time() - begin)
    return sum(len(text.split()) for text in texts) / max(min(rounds), 1e-9)


def plain_cnn() -> Language:
    """Return spaCy's small pipeline, HashEmbedCNN of width 128 and depth 4 under tagger and parser; it knows nothing.

    Weights that have not been trained take as long as those that have.
    """
    nlp = blank()
    nlp.add_pipe("tok2vec", config={"model": _CNN})
    listener = {"@architectures": "spacy.Tok2VecListener.v1", "width": 128, "upstream": "*"}
    heads = {
        "tagger": {"@architectures": "spacy.Tagger.v2", "nO": None, "tok2vec": listener},
        "parser": {
            "@architectures": "spacy.TransitionBasedParser.v2", "state_type": "parser", "extra_state_tokens": False,
            "hidden_width": 64, "maxout_pieces": 2, "use_upper": True, "tok2vec": listener,
        },
    }  # fmt: skip
    for name, model in heads.items():
        nlp.add_pipe(name, config={"model": model})
    words = [f"w{at}" for at in range(len(_DEPS))]
    notes = {
        "words": words,
        "tags": [_TAGS[at % len(_TAGS)] for at in range(len(words))],
        "heads": [max(0, at - 1) for at in range(len(words))],
        "deps": ["ROOT", *_DEPS[1:]],
    }
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc(" ".join(words)), notes)])
    return nlp
