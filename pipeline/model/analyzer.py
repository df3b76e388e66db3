"""The component of the shipped pipeline: one pass of the encoder gives tags, lemmas, parse, entities, claim level.

A Doc is one unit of an article and gets one tree; boundaries of sentences are those of the segment stage. Every unit is
one call of the network, without padding, so that its analysis does not depend on what else is analysed. Units longer
than the encoder's positions are read in overlapping windows; each word is taken from the window where it is deepest.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime
import srsly
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, ORTH, POS, TAG
from spacy.language import Language
from spacy.scorer import Scorer, get_ner_prf
from spacy.tokens import Doc, Span
from spacy.training import Example
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from pipeline.errors import ConfigError
from pipeline.model.decode import lemma_of, spans_of, tree_of
from pipeline.model.lemmas import mended
from pipeline.model.pieces import PiecesOf, encode, reader

FACTORY = "claimledger_analyzer"
CONFIDENCE = "confidence"  # key of Doc.user_data: {(label, first token, end token): probability}
AGREEMENTS = "agreements"  # key of Doc.spans: AGR named, AGU unnamed
_ATTRIBUTES = [HEAD, DEP, TAG, POS, LEMMA, ENT_IOB, ENT_TYPE]
_WINDOW, _OVERLAP = 448, 96  # pieces
_REMEMBERED = 1 << 16  # lemmas of words
_FILES = ("network.onnx", "pieces.json", "labels.json", "relations.npy")

Scores = dict[str, NDArray[np.float32]]


@Language.factory(FACTORY, default_config={"threads": 1})
def build(nlp: Language, name: str, threads: int) -> Analyzer:
    """Make the empty component; `from_disk` fills it."""
    return Analyzer(nlp, name, threads=threads)


class Analyzer:
    """Network, label inventories and decoding.

    Sets on each Doc: tags, parts of speech, lemmas, heads and dependency labels of every token; `ents` with ORG, GPE,
    LOC, PERSON, EVENT, AGR, NORP; `spans["agreements"]`; `tensor` with the vectors of the words; `cats` with the
    probabilities of none, general, specific; and `user_data["confidence"]`.
    """

    def __init__(self, nlp: Language, name: str, *, threads: int = 1) -> None:
        self.vocab = nlp.vocab
        self.name = name
        self.threads = threads
        self.labels: dict[str, list[str]] = {}
        self._network = b""
        self._pieces = b""
        self._session: onnxruntime.InferenceSession | None = None
        self._pieces_of: PiecesOf | None = None
        self._relations: NDArray[np.float32] = np.zeros((0, 0, 0), np.float32)

    def fill(
        self, *, network: bytes, labels: dict[str, list[str]], relations: NDArray[np.float32], pieces: bytes
    ) -> None:
        """Set network (ONNX), label inventories, weights of the dependency labels [labels, 65, 65] and pieces."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = self.threads
        options.inter_op_num_threads = 1
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        self._algebra = ThreadpoolController().select(user_api="blas")
        tokenizer = Tokenizer.from_buffer(pieces)
        tokenizer.no_padding()
        tokenizer.no_truncation()
        self._pieces_of = reader(tokenizer)
        self._network, self._pieces, self.labels, self._relations = network, pieces, labels, relations
        number, side, _ = relations.shape
        self._flat = np.ascontiguousarray(relations.transpose(1, 0, 2).reshape(side, number * side))
        add = self.vocab.strings.add
        self._ids = {
            task: np.array([add(label) for label in labels[task]], dtype=np.uint64) for task in ("tags", "deps")
        }
        self._ids["pos"] = np.array([self.vocab.strings[label] for label in labels["pos"]], dtype=np.uint64)
        self._ents = {label[2:]: add(label[2:]) for label in labels["entities"] if label != "O"}
        self._root = add("ROOT")
        self._lemma = self._lemmatizer(frozenset(tokenizer.get_vocab()))

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one Doc in place."""
        if not len(doc):
            return doc
        words = _words(doc)
        scores = self._score(words)
        heads = tree_of(scores["arcs"])
        at = np.arange(len(words))
        above = np.array(heads, dtype=np.int64)
        deps = self._ids["deps"][self._relate(scores, above)]
        root = above < 0
        offsets = np.where(root, 0, above - at)
        deps = np.where(root, np.uint64(self._root), deps)
        tags = scores["tags"].argmax(1)
        scripts = scores["lemmas"].argmax(1).tolist()
        lemmas = np.fromiter(map(self._lemma, words, scripts, tags.tolist()), np.uint64, len(words))
        entities = spans_of(scores["entities"], self.labels["entities"])
        iob = np.full(len(words), 2, dtype=np.uint64)
        kinds = np.zeros(len(words), dtype=np.uint64)
        for label, start, end, _ in entities:
            iob[start] = 3
            iob[start + 1 : end] = 1
            kinds[start:end] = self._ents[label]
        columns = [
            offsets.astype(np.uint64),
            deps,
            self._ids["tags"][tags],
            self._ids["pos"][scores["pos"].argmax(1)],
            lemmas,
            iob,
            kinds,
        ]
        doc.from_array(_ATTRIBUTES, np.stack(columns, axis=1))  # type: ignore[arg-type]
        if (vectors := scores.get("vectors")) is not None:  # graphs exported before it was an output have none
            doc.tensor = vectors  # type: ignore[assignment]  # declared as float64, float32 everywhere in spaCy
        unnamed = spans_of(scores["unnamed"], self.labels["unnamed"])
        named = [entity for entity in entities if entity[0] == "AGR"]
        doc.spans[AGREEMENTS] = [Span(doc, start, end, label) for label, start, end, _ in (*named, *unnamed)]
        doc.user_data[CONFIDENCE] = {
            (label, start, end): probability for label, start, end, probability in (*entities, *unnamed)
        }
        levels = scores["levels"][0]
        shares = np.exp(levels - np.logaddexp.reduce(levels))
        doc.cats = {label: float(share) for label, share in zip(self.labels["levels"], shares, strict=True)}
        return doc

    def vectors(self, doc: Doc) -> NDArray[np.float32]:
        """Return the encoder's vectors of the words of a Doc, [words, width]: what `doc.tensor` holds once analysed.

        Raises:
            ConfigError: the network was exported without them.
        """
        vectors = self._score(_words(doc)).get("vectors")
        if vectors is None:
            raise ConfigError("the network gives no vectors of words: export it anew")
        return vectors

    def _lemmatizer(self, known: Container[str]) -> Callable[[str, int, int], int]:
        """Return the function from a word, its edit script and its tag (columns of the scores) to its lemma's id."""
        add, scripts, tags = self.vocab.strings.add, self.labels["lemmas"], self.labels["tags"]

        @lru_cache(maxsize=_REMEMBERED)
        def lemma(word: str, script: int, tag: int) -> int:
            found = mended(word, lemma_of(word, scripts[script]), tags[tag], known)
            # Remembered beyond a memory zone of the caller's; the stubs do not know the argument.
            return int(add(found, allow_transient=False))  # type: ignore[call-arg]

        return lemma

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 1) -> Iterator[Doc]:
        """Annotate a stream of Docs one by one."""
        for doc in stream:
            yield self(doc)

    def _score(self, words: list[str]) -> Scores:
        """Run the network over the words of a unit, in windows if it is longer than the encoder can read."""
        if self._pieces_of is None:
            raise ConfigError("the model has no network: load it from its directory")
        pieces, shapes, first = encode(self._pieces_of, words)
        if len(pieces) <= _WINDOW:
            return self._run(pieces, shapes, first)
        whole: Scores = {}
        depth = np.full(len(words), -1)
        levels = []
        for begin, end in _windows(first, len(pieces) - 1):
            left, right = first[begin], first[end] if end < len(first) else len(pieces) - 1
            inside = [at - left + 1 for at in first[begin:end]]
            part = self._run([pieces[0], *pieces[left:right], pieces[-1]], [0, *shapes[left:right], 0], inside)
            levels.append(part.pop("levels"))
            deep = np.minimum(np.arange(end - begin), np.arange(end - begin)[::-1])
            better = deep > depth[begin:end]
            depth[begin:end][better] = deep[better]
            self._put(whole, part, begin, better, len(words))
        whole["levels"] = np.mean(levels, axis=0)
        if (depth < 0).any():
            raise ConfigError("a word of a long unit stands in no window")
        return whole

    @staticmethod
    def _put(whole: Scores, part: Scores, begin: int, better: NDArray[np.bool_], total: int) -> None:
        """Copy the rows of the words that this window reads better."""
        rows = begin + np.flatnonzero(better)
        for name, scores in part.items():
            if name == "arcs":
                table = whole.setdefault(name, np.full((total, total + 1), -1e4, np.float32))
                table[rows] = -1e4
                table[rows, 0] = scores[better, 0]
                table[rows, begin + 1 : begin + 1 + len(better)] = scores[better, 1:]
            elif name == "rel_head":
                table = whole.setdefault(name, np.zeros((total + 1, scores.shape[1]), np.float32))
                table[0] = scores[0]
                table[rows + 1] = scores[1:][better]
            else:
                table = whole.setdefault(name, np.zeros((total, scores.shape[1]), np.float32))
                table[rows] = scores[better]

    def _run(self, pieces: list[int], shapes: list[int], first: list[int]) -> Scores:
        if self._session is None:
            raise ConfigError("the model has no network: load it from its directory")
        feed = {
            "pieces": np.array([pieces], np.int64),
            "shapes": np.array([shapes], np.int64),
            "first": np.array([first], np.int64),
        }
        found = dict(zip(self._outputs, self._session.run(None, feed), strict=True))
        return {name: scores if name == "levels" else scores[0] for name, scores in found.items()}

    def _relate(self, scores: Scores, heads: NDArray[np.int64]) -> NDArray[np.int64]:
        """Return the best dependency label of each word under its head (-1: root)."""
        one = np.ones((len(heads), 1), np.float32)
        dep = np.concatenate([scores["rel_dep"], one], 1)
        head = np.concatenate([scores["rel_head"][heads + 1], one], 1)
        number = len(self.labels["deps"])
        with self._algebra.limit(limits=1):  # threads wait for each other longer than this product takes
            mixed = (dep @ self._flat).reshape(len(heads), number, -1)
            return np.asarray(np.einsum("nlj,nj->nl", mixed, head).argmax(1))

    def score(self, examples: Iterable[Example], **options: Any) -> dict[str, Any]:
        """Return what `spacy evaluate` shows: accuracy of tags, parts of speech and lemmas, attachment, entities."""
        ready = list(examples)
        scores: dict[str, Any] = {}
        for attribute in ("tag", "pos", "lemma"):
            scores |= Scorer.score_token_attr(ready, attribute)
        scores |= Scorer.score_deps(ready, "dep", ignore_labels=("p", "punct"))
        return scores | get_ner_prf(ready)

    # spaCy's protocol of components ----------------------------------------------------------------------------

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """Return all that `from_bytes` needs."""
        parts = {"network": self._network, "pieces": self._pieces, "labels": self.labels}
        relations = {"shape": list(self._relations.shape), "data": self._relations.tobytes()}
        return bytes(srsly.msgpack_dumps({**parts, "relations": relations}))

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Analyzer:
        """Fill from `to_bytes`."""
        parts: dict[str, Any] = srsly.msgpack_loads(data)
        stored = parts.pop("relations")
        relations = np.frombuffer(stored["data"], np.float32).reshape(stored["shape"])
        self.fill(relations=relations, **parts)
        return self

    def to_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the files of the component."""
        path = Path(path)
        path.mkdir(parents=True, exist_ok=True)
        (path / "network.onnx").write_bytes(self._network)
        (path / "pieces.json").write_bytes(self._pieces)
        srsly.write_json(path / "labels.json", self.labels)
        np.save(path / "relations.npy", self._relations)

    def from_disk(self, path: Path, *, exclude: Iterable[str] = ()) -> Analyzer:
        """Fill from the files of the component.

        Raises:
            ConfigError: a file is missing.
        """
        path = Path(path)
        if missing := [name for name in _FILES if not (path / name).is_file()]:
            raise ConfigError(f"{path}: not a complete model: {', '.join(missing)} missing")
        self.fill(
            network=(path / "network.onnx").read_bytes(),
            pieces=(path / "pieces.json").read_bytes(),
            labels=srsly.read_json(path / "labels.json"),
            relations=np.load(path / "relations.npy"),
        )
        return self

    def initialize(self, get_examples: Callable[[], Iterable[Any]], *, nlp: Language, **options: Any) -> None:
        """Nothing to prepare: the network is trained outside spaCy, see models/training."""


def _words(doc: Doc) -> list[str]:
    strings = doc.vocab.strings
    return [strings[key] for key in doc.to_array(ORTH).tolist()]


def _windows(first: list[int], end: int) -> Iterator[tuple[int, int]]:
    """Yield first word and word after the last of each window: at most `_WINDOW` pieces, `_OVERLAP` of them shared."""
    begin = 0
    while True:
        stop = begin
        while stop < len(first) and (first[stop + 1] if stop + 1 < len(first) else end) - first[begin] <= _WINDOW - 2:
            stop += 1
        if stop == begin:  # one word longer than a window: its first pieces decide
            stop = begin + 1
        yield begin, stop
        if stop >= len(first):
            return
        back = stop
        while back > begin + 1 and first[stop] - first[back] < _OVERLAP:
            back -= 1
        begin = back
