"""Measure the pipeline that ships: `python -m models.training.measure [--data DIR] [--gold DIR] [--model DIR]`.

Tags, unlabelled and labelled attachment of all words on the development splits of the treebanks, one Doc a sentence,
with the words of the treebank and with those of the pipeline's own tokenizer; strict span F1 on the held-out articles
of the genre and on CrossNER politics; accuracy of the claim level; words per second of processor time. Attachment is
also given as spaCy's own scorer counts it, which leaves out punctuation and words that do not align. `--gold`: whole
articles with their units and mentions; what the network alone finds in them, without lexicons and rules. Needs no
torch.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Hashable, Iterable
from pathlib import Path

from spacy.language import Language
from spacy.scorer import Scorer
from spacy.tokens import Doc
from spacy.training import Example as SpacyExample

from models.training.corpora import (
    BIO,
    GENRE,
    GENRE_MORE,
    LEVELS,
    Example,
    held_out,
    read_columns,
    read_conllu,
    read_genre,
    spacing,
    spans,
)
from pipeline.nlp import load

Item = tuple[Hashable, ...]
CROSSNER = {"organisation": "ORG", "politicalparty": "ORG", "person": "PERSON", "politician": "PERSON"}


def with_given_words(nlp: Language, examples: Iterable[Example]) -> dict[str, float]:
    """Return tag accuracy, UAS, LAS and words a second, the words being those of the treebank."""
    docs = [(one, Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces))) for one in examples]
    begin = time.process_time()
    for _, doc in docs:
        nlp(doc)
    seconds = time.process_time() - begin
    count = Counter[str]()
    for one, doc in docs:
        for token, tag, head, dep in zip(doc, one.tags or (), one.heads or (), one.deps or (), strict=True):
            right = (0 if token.head.i == token.i else token.head.i + 1) == head
            count += Counter(words=1, tag=token.tag_ == tag, uas=right, las=right and token.dep_.lower() == dep)
    shares = {name: count[name] / count["words"] for name in ("tag", "uas", "las")}
    return shares | {"words/s": count["words"] / seconds}


def with_own_words(nlp: Language, examples: Iterable[Example]) -> dict[str, float]:
    """Return F1 of tagged, attached and labelled words, matched by their characters (as CoNLL 2018 counts)."""
    gold: list[Item] = []
    found: list[Item] = []
    for number, one in enumerate(examples):
        given = Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces))
        places = [(token.idx, token.idx + len(token)) for token in given]
        above = [places[head - 1] if head else None for head in one.heads or ()]
        for place, tag, head, dep in zip(places, one.tags or (), above, one.deps or (), strict=True):
            gold += [("word", number, place), ("tag", number, place, tag)]
            gold += [("uas", number, place, head), ("las", number, place, head, dep)]
        for token in nlp(given.text):
            place, up = (token.idx, token.idx + len(token)), token.head
            head = None if up.i == token.i else (up.idx, up.idx + len(up))
            found += [("word", number, place), ("tag", number, place, token.tag_)]
            found += [("uas", number, place, head), ("las", number, place, head, token.dep_.lower())]
    scores = {name: values[2] for name, values in by_label(gold, found).items()}
    return scores | {"las of words that align": scores["las"] / scores["word"]}


def aligned(nlp: Language, examples: Iterable[Example]) -> dict[str, float]:
    """Return UAS and LAS as `spacy evaluate` counts them: words aligned, without punctuation, the tokens being ours."""
    pairs = []
    for one in examples:
        heads = [head - 1 if head else at for at, head in enumerate(one.heads or ())]
        deps = [dep if head else "ROOT" for dep, head in zip(one.deps or (), one.heads or (), strict=True)]
        gold = Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces), heads=heads, deps=deps)
        pairs.append(SpacyExample(nlp(gold.text), gold))
    scores = Scorer.score_deps(pairs, "dep", ignore_labels=("p", "punct"))
    return {"uas": scores["dep_uas"], "las": scores["dep_las"]}


def by_label(gold: Iterable[Item], found: Iterable[Item]) -> dict[str, tuple[float, float, float, int]]:
    """Return precision, recall, F1 and the number of gold items by label; the label stands first in each item."""
    wanted, said = set(gold), set(found)
    hits, theirs, mine = (Counter(str(item[0]) for item in items) for items in (wanted & said, wanted, said))
    return {
        label: (hits[label] / max(1, mine[label]), hits[label] / n, 2 * hits[label] / (mine[label] + n), n)
        for label, n in sorted(theirs.items())
    }


def genre_scores(nlp: Language, folder: Path) -> tuple[dict[str, tuple[float, float, float, int]], float]:
    """Return strict scores by label, and accuracy of the level, on the articles held out."""
    gold: list[Item] = []
    found: list[Item] = []
    hits: list[bool] = []
    for at, path in enumerate(held_out(folder)[1]):
        for number, one in enumerate(read_genre(path.read_text("utf-8"), nlp.tokenizer)):
            doc = nlp(Doc(nlp.vocab, words=list(one.words), spaces=list(one.spaces)))
            labels = [BIO[bits.bit_length() - 1] for bits in one.entities or ()]
            gold += [(label, at, number, start, end) for label, start, end in spans(labels)]
            found += [(ent.label_, at, number, ent.start, ent.end) for ent in doc.ents]
            unnamed = [("O", "B-AGU", "I-AGU")[mark] for mark in one.unnamed or ()]
            gold += [(label, at, number, start, end) for label, start, end in spans(unnamed)]
            agreements = [span for span in doc.spans["agreements"] if span.label_ == "AGU"]
            found += [("AGU", at, number, span.start, span.end) for span in agreements]
            if one.level is not None:
                hits.append(max(doc.cats, key=lambda level: doc.cats[level]) == LEVELS[one.level])
    return by_label(gold, found), statistics.fmean(hits)


def crossner_scores(nlp: Language, path: Path) -> dict[str, tuple[float, float, float, int]]:
    """Return strict scores of organizations (parties among them) and persons."""
    gold: list[Item] = []
    found: list[Item] = []
    for number, (_, words, labels) in enumerate(read_columns(path)):
        pairs = (label.partition("-") for label in labels)
        mapped = [f"{mark}-{CROSSNER[kind]}" if kind in CROSSNER else "O" for mark, _, kind in pairs]
        gold += [(label, number, start, end) for label, start, end in spans(mapped)]
        doc = nlp(Doc(nlp.vocab, words=list(words), spaces=list(spacing(words))))
        found += [(ent.label_, number, ent.start, ent.end) for ent in doc.ents]
    return by_label(gold, found)


_MARKUP = re.compile(r"<[^>]*>|\[([^\]]*)\]\([^)]*\)|[*_`]+|^\s*(?:#+|>|[-+]|\d+[.)])\s+", re.MULTILINE)


def article_scores(nlp: Language, folder: Path) -> dict[str, tuple[float, float, float, int]]:
    """Return strict scores of mentions in whole articles: <name>.gold.json and <name>.units.json of each.

    A mention counts as right when unit, label and text agree. Units are read without their markup.
    """
    gold: list[Item] = []
    found: list[Item] = []
    for path in sorted(folder.glob("*.gold.json")):
        notes = json.loads(path.read_text("utf-8"))
        named = [one for one in notes["agreements"] if one["named"]]
        groups = (("ORG", notes["organizations"]), ("place", notes["places"]), ("AGR", named))
        wanted = Counter((label, *mention) for label, ones in groups for one in ones for mention in one["mentions"])
        gold += [(label, path.stem, *rest, n) for (label, *rest), times in wanted.items() for n in range(times)]
        units = json.loads(path.with_name(path.name.replace(".gold.", ".units.")).read_text("utf-8"))["units"]
        for unit in units:
            if notes["units"].get(unit["id"]) == "residue":
                continue
            doc = nlp(" ".join(html.unescape(_MARKUP.sub(r"\1", unit["text"])).split()))
            labels = (("place" if ent.label_ in {"GPE", "LOC"} else ent.label_, ent.text) for ent in doc.ents)
            said = Counter((label, unit["id"], text) for label, text in labels if label in {"ORG", "place", "AGR"})
            found += [(label, path.stem, *rest, n) for (label, *rest), times in said.items() for n in range(times)]
    return by_label(gold, found)


def show(title: str, scores: dict[str, tuple[float, float, float, int]]) -> None:
    """Print a table of scores by label."""
    print(f"{title}\n  label     P     R    F1  support")
    for label, (precision, recall, f1, support) in scores.items():
        print(f"  {label:7} {precision:.3f} {recall:.3f} {f1:.3f}  {support:6}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the corpora of models/README.md")
    parser.add_argument("--gold", type=Path, help="annotated articles")
    parser.add_argument("--model", type=Path)
    arguments = parser.parse_args()
    begin = time.perf_counter()
    nlp = load(arguments.model)
    print(f"loaded in {time.perf_counter() - begin:.2f} s")
    if arguments.gold:
        show("whole articles, the network alone", article_scores(nlp, arguments.gold))
    for folder in (GENRE, GENRE_MORE):
        by_kind, level = genre_scores(nlp, folder)
        show(f"articles of the genre, held out ({folder.name})", by_kind)
        print(f"  claim level: accuracy {level:.3f}")
    if arguments.data:
        measure_corpora(nlp, arguments.data)


def measure_corpora(nlp: Language, data: Path) -> None:
    """Print the figures on the corpora."""
    show("CrossNER politics dev", crossner_scores(nlp, data / "ner" / "crossner" / "politics" / "dev.txt"))
    for name in ("en_ewt-ud", "en_gum-free"):
        examples = [one for _, one in read_conllu(data / "parse" / f"{name}-dev.conllu")]
        for words, scores in (
            ("words given", with_given_words(nlp, examples)),
            ("own words", with_own_words(nlp, examples)),
            ("own words, as spacy evaluate", aligned(nlp, examples)),
        ):
            speed = f", {scores['words/s']:,.0f} words/s" if "words/s" in scores else ""
            print(f"{name} dev, {words}: " + ", ".join(f"{k} {v:.4f}" for k, v in scores.items() if v <= 1) + speed)


if __name__ == "__main__":
    main()
