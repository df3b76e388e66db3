"""Measure the pipeline that ships: `python -m models.training.measure --data DIR [--model DIR]`.

Tags, unlabelled and labelled attachment (all words, gold words given) on the development splits of the treebanks;
strict span F1 on the held-out articles of the genre and on CrossNER politics; accuracy of the claim level; words a second.
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from models.training.corpora import LEVELS, read_columns, read_conllu, read_genre, spacing
from models.training.train import spans
from pipeline.nlp import load


def parse_scores(nlp: Language, path: Path) -> dict[str, float]:
    """Return tag accuracy, UAS, LAS and words a second on a CoNLL-U file."""
    words = tags = heads = labels = 0
    begin = time.perf_counter()
    for _, one in read_conllu(path):
        doc = nlp(Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces)))
        if one.tags is None or one.heads is None or one.deps is None:
            continue
        for token, tag, head, dep in zip(doc, one.tags, one.heads, one.deps, strict=True):
            words += 1
            tags += token.tag_ == tag
            if (0 if token.head.i == token.i else token.head.i + 1) == head:
                heads += 1
                labels += token.dep_.lower() == dep
    seconds = time.perf_counter() - begin
    return {"tag": tags / words, "UAS": heads / words, "LAS": labels / words, "words/s": words / seconds}


def f1(gold: Iterable[tuple[str, ...] | tuple], found: Iterable[tuple]) -> dict[str, float]:
    """Return strict F1 by label; the label stands first in each item."""
    wanted, said = set(gold), set(found)
    result = {}
    for label in sorted({item[0] for item in wanted}):
        mine, theirs = {x for x in said if x[0] == label}, {x for x in wanted if x[0] == label}
        result[label] = 2 * len(mine & theirs) / max(1, len(mine) + len(theirs))
    return result


def genre_scores(nlp: Language, folder: Path) -> dict[str, float]:
    """Return strict F1 by label and accuracy of the level on every sixth article."""
    gold, found, right, seen = [], [], 0, 0
    for at, path in enumerate(sorted(folder.glob("*.ann"))):
        for number, one in enumerate(read_genre(path, nlp.tokenizer)) if at % 6 == 0 else ():
            doc = nlp(Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces)))
            labels = [_label(bits) for bits in one.entities or ()]
            gold += [(label, at, number, start, end) for label, start, end in spans(labels)]
            found += [(ent.label_, at, number, ent.start, ent.end) for ent in doc.ents]
            if one.level is not None:
                seen += 1
                right += max(doc.cats, key=lambda level: doc.cats[level]) == LEVELS[one.level]
    return f1(gold, found) | {"level": right / max(1, seen)}


def _label(bits: int) -> str:
    from models.training.corpora import BIO

    return BIO[bits.bit_length() - 1] if bits > 1 else "O"


def crossner_scores(nlp: Language, path: Path) -> dict[str, float]:
    """Return strict F1 of organizations (parties among them), persons and countries' label GPE with places."""
    ours = {"organisation": "ORG", "politicalparty": "ORG", "person": "PERSON", "politician": "PERSON"}
    gold, found = [], []
    for number, (_, words, labels) in enumerate(read_columns(path)):
        mapped = [_map(label, ours) for label in labels]
        gold += [(label, number, start, end) for label, start, end in spans(mapped)]
        doc = nlp(Doc(nlp.vocab, words=list(words), spaces=list(spacing(words))))
        found += [(ent.label_, number, ent.start, ent.end) for ent in doc.ents]
    return f1(gold, found)


def _map(label: str, ours: dict[str, str]) -> str:
    mark, _, kind = label.partition("-")
    return f"{mark}-{ours[kind]}" if kind in ours else "O"


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    begin = time.perf_counter()
    nlp = load(arguments.model)
    print(f"loaded in {time.perf_counter() - begin:.2f} s")
    scores: dict[str, dict[str, float]] = defaultdict(dict)
    for name in ("en_gum-free", "en_ewt"):
        for path in sorted((arguments.data / "parse").glob(f"{name}*-dev.conllu")):
            scores[path.stem] = parse_scores(nlp, path)
    scores["genre, held out"] = genre_scores(nlp, arguments.data / "genre")
    scores["CrossNER politics dev"] = crossner_scores(nlp, arguments.data / "ner" / "crossner" / "politics" / "dev.txt")
    for name, found in scores.items():
        print(
            f"{name}: "
            + ", ".join(f"{key} {value:.3f}" if value < 2 else f"{key} {value:,.0f}" for key, value in found.items())
        )


if __name__ == "__main__":
    main()
