"""Training examples from open corpora, brought to one form: words, and for each task its labels or nothing.

Named-entity corpora disagree on guidelines. A label is therefore a *set* of allowed classes per word, as a bit mask,
and the loss asks only that the probability falls inside the set (marginal likelihood of partial labels, Tsuboi et al.
2008). What a corpus does not annotate (a law in a news corpus) leaves the word open instead of teaching a wrong class.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from spacy.tokens import Doc

GENRE = Path(__file__).parent / "genre"  # articles of the genre, annotated; every sixth is held out
GENRE_MORE = Path(__file__).parent / "genre_more"  # written later, with a sixth of its own: figures stay comparable
ENTITIES = ("ORG", "GPE", "LOC", "PERSON", "EVENT", "AGR", "NORP")
BIO = ("O", *(f"{mark}-{label}" for label in ENTITIES for mark in "BI"))
BIT = {label: 1 << at for at, label in enumerate(BIO)}
ANY = (1 << len(BIO)) - 1
LEVELS = ("none", "general", "specific")
MARK = re.compile(r"\[\[([A-Z]+)(?:=[^:\]]*)?:|\]\]")


@dataclass(frozen=True, slots=True)
class Example:
    """One unit as words. None: the task has no labels here."""

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    tags: tuple[str, ...] | None = None
    pos: tuple[str, ...] | None = None
    lemmas: tuple[str, ...] | None = None
    heads: tuple[int, ...] | None = None  # 0 is the root, else 1-based
    deps: tuple[str, ...] | None = None
    entities: tuple[int, ...] | None = None  # bit mask of allowed BIO classes for each word
    unnamed: tuple[int, ...] | None = None  # 0 O, 1 B, 2 I: unnamed agreements
    level: int | None = None
    source: str = ""


def read_conllu(path: Path) -> Iterator[tuple[str, Example]]:
    """Yield sentence id and example for each sentence of a CoNLL-U file; multi-word tokens become their words."""
    for block in path.read_text("utf-8").split("\n\n"):
        name, rows, joined = "", [], 0
        for line in block.splitlines():
            if line.startswith("# sent_id = "):
                name = line[12:]
            elif line and line[0] != "#":
                cells = line.split("\t")
                if "." in cells[0]:
                    continue
                if "-" in cells[0]:
                    joined = int(cells[0].split("-")[1])
                    whole_space = "SpaceAfter=No" not in cells[9]
                    continue
                number = int(cells[0])
                space = "SpaceAfter=No" not in cells[9]
                if number < joined:
                    space = False
                elif number == joined:
                    space = whole_space
                rows.append((*cells[1:5], int(cells[6]), cells[7], space))
        if rows:
            words, lemmas, pos, tags, heads, deps, spaces = zip(*rows, strict=True)
            yield name, Example(words, spaces, tags, pos, lemmas, heads, deps, source=path.stem)


def read_columns(
    path: Path, *, name: int = 0, label: int = 1
) -> Iterator[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """Yield sentence id, words and labels of a column file; labels without B- or I- are read as IO."""
    ident, words, labels = "", [], []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if line.startswith("# sent_id = "):
            ident = line[12:]
        if line and ("\t" in line or not line.startswith("# ")):
            cells = line.split("\t") if "\t" in line else line.split(" ")
            words.append(cells[name])
            labels.append(cells[label])
        elif not line and words:
            yield ident, tuple(words), tuple(labels)
            words, labels = [], []


def masks(
    words: tuple[str, ...], labels: tuple[str, ...], known: dict[str, tuple[str, ...]], absent: Iterable[str]
) -> tuple[int, ...]:
    """Turn labels of a public corpus into bit masks.

    Args:
        known: label of the corpus → classes of ours it may be, none for open.
        absent: classes of ours that the corpus does not annotate: a capitalized word outside an entity may be one.
    """
    found = []
    previous = "O"
    absent_bits = sum(BIT[f"{mark}-{label}"] for label in absent for mark in "BI")
    for at, (word, label) in enumerate(zip(words, labels, strict=True)):
        if label == "O":
            capital = any(map(str.isupper, word)) and (at > 0 or len(words) == 1 or word.isupper())
            near = capital or (
                word.islower() and len(word) <= 3 and at + 1 < len(words) and words[at + 1][:1].isupper()
            )
            found.append(BIT["O"] | (absent_bits if near or capital else 0))
        else:
            mark, _, kind = label.rpartition("-")
            if not mark:
                mark, kind = ("I" if previous == label else "B"), label
            classes = known.get(kind, ())
            found.append(sum(BIT[f"{mark}-{name}"] for name in classes) or ANY)
        previous = label
    return tuple(found)


def overlay(examples: dict[str, Example], path: Path) -> None:
    """Put the entities of Universal NER over the parsed sentences of the same treebank, where the words agree."""
    known = {"PER": ("PERSON",), "LOC": ("GPE", "LOC"), "ORG": ("ORG",)}
    for ident, words, labels in read_columns(path, name=1, label=2):
        one = examples.get(ident)
        if one is not None and one.words == words:
            labels = tuple("O" if label in {"B-O", "B-OTH", "I-OTH"} else label for label in labels)
            examples[ident] = replace(one, entities=masks(words, labels, known, ("EVENT", "AGR", "NORP")))


CROSSNER = {
    "organisation": ("ORG",), "politicalparty": ("ORG",), "university": ("ORG",),
    "politician": ("PERSON",), "person": ("PERSON",), "scientist": ("PERSON",), "writer": ("PERSON",),
    "event": ("EVENT",), "election": ("EVENT",), "conference": ("EVENT",), "country": ("GPE",),
    "location": ("GPE", "LOC"),
}  # fmt: skip
FEWNERD = {
    "organization_other": ("ORG",), "organization_company": ("ORG",), "organization_education": ("ORG",),
    "organization_media/newspaper": ("ORG",), "organization_government/governmentagency": ("ORG",),
    "organization_politicalparty": ("ORG",), "organization_religion": ("ORG", "NORP"),
    "organization_showorganization": ("ORG",), "location_GPE": ("GPE",), "location_island": ("LOC", "GPE"),
    "location_mountain": ("LOC",), "location_bodiesofwater": ("LOC",), "location_park": ("LOC",),
    "person_politician": ("PERSON",), "person_soldier": ("PERSON",), "person_artist/author": ("PERSON",),
    "person_scholar": ("PERSON",), "person_other": ("PERSON",), "other_law": ("AGR",),
    "event_attack/battle/war/militaryconflict": ("EVENT",), "event_election": ("EVENT",), "event_protest": ("EVENT",),
    "event_disaster": ("EVENT",), "event_other": ("EVENT",),
}  # fmt: skip
USEFUL = frozenset({"AGR", "EVENT", "ORG"})


def public(folder: Path, rng: random.Random, *, fewnerd: int) -> list[Example]:
    """Return examples of the public entity corpora of `folder`; `fewnerd` sentences with laws, events or bodies."""
    found = []
    for domain in ("politics", "literature", "science"):
        for _, words, labels in read_columns(folder / "crossner" / domain / "train.txt"):
            bits = masks(words, labels, CROSSNER, ("AGR", "NORP", "ORG", "EVENT", "LOC"))
            found.append(Example(words, spacing(words), entities=bits, source=f"crossner_{domain}"))
    known = {"ORG": ("ORG",), "PER": ("PERSON",), "LOC": ("GPE", "LOC")}
    for _, words, labels in read_columns(folder / "wikigold/CONLL-format/data/wikigold.conll.txt"):
        labels = tuple(label.replace("I-", "", 1) if label != "O" else label for label in labels)
        bits = masks(words, labels, known, ("AGR", "NORP", "EVENT"))
        found.append(Example(words, spacing(words), entities=bits, source="wikigold"))
    for name in ("dev", "big_test"):
        useful = []
        for _, words, labels in read_columns(folder / "fewnerd_partial" / f"{name}.txt"):
            kinds = {label[2:] for label in labels if label != "O"}
            if len(words) <= 70 and any(USEFUL & set(FEWNERD.get(kind, ())) for kind in kinds):
                bits = masks(words, labels, FEWNERD, ENTITIES)
                useful.append((("other_law" in kinds), Example(words, spacing(words), entities=bits, source="fewnerd")))
        laws = [one for law, one in useful if law]
        rest = [one for law, one in useful if not law]
        rng.shuffle(rest)
        found += laws + rest[: max(0, fewnerd // 2 - len(laws))]
    return found


def spacing(words: tuple[str, ...]) -> tuple[bool, ...]:
    """Guess where blanks stand in tokenized text."""
    no_before = set(".,;:!?)]}%''’s") | {"n't", "'s", "’s", "''"}
    return tuple(
        not ((at + 1 < len(words) and words[at + 1] in no_before) or word in "([{$``") for at, word in enumerate(words)
    )


def held_out(folder: Path) -> tuple[list[Path], list[Path]]:
    """Return the articles to train on and those held out: every sixth, by name."""
    files = sorted(folder.glob("*.ann"))
    return [file for at, file in enumerate(files) if at % 6], files[::6]


def read_genre(article: str, tokenize: Callable[[str], Doc]) -> Iterator[Example]:
    """Yield the units of an annotated article. `tokenize` is the tokenizer of the shipped pipeline: text → Doc."""
    for line in article.splitlines():
        if not line.strip():
            continue
        kind, level, marked = line.split("\t", 2)
        if kind == "residue":
            continue
        text, spans = unmark(marked)
        doc = tokenize(text)
        entities, unnamed = [BIT["O"]] * len(doc), [0] * len(doc)
        for label, start, end in sorted(spans, key=lambda span: span[1] - span[2]):
            span = doc.char_span(start, end, alignment_mode="expand")
            if span is None or label == "DATE":
                continue
            for at in range(span.start, span.end):
                first = at == span.start
                if label == "AGU":
                    unnamed[at] = 1 if first else 2
                elif label in ENTITIES:
                    entities[at] = BIT[f"{'B' if first else 'I'}-{label}"]
        yield Example(
            tuple(token.text for token in doc),
            tuple(bool(token.whitespace_) for token in doc),
            entities=tuple(entities),
            unnamed=tuple(unnamed),
            level=LEVELS.index(level) if kind in {"sentence", "item"} else None,
            source="genre",
        )


def unmark(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Take the marks out of a line: its text, and label, start, end of each mark, nested ones too."""
    parts: list[str] = []
    spans: list[tuple[str, int, int]] = []
    open_marks: list[tuple[str, int]] = []
    length = last = 0
    for match in MARK.finditer(marked):
        parts.append(marked[last : match.start()])
        length += match.start() - last
        last = match.end()
        if match.group(1):
            open_marks.append((match.group(1), length))
        else:
            label, start = open_marks.pop()
            spans.append((label, start, length))
    parts.append(marked[last:])
    return "".join(parts), spans


def spans(labels: list[str]) -> set[tuple[str, int, int]]:
    """Return the entities of a BIO sequence; I after another kind opens one."""
    found, start, kind = set(), 0, ""
    for at, label in enumerate([*labels, "O"]):
        mark, _, name = label.partition("-")
        if kind and (mark != "I" or name != kind):
            found.add((kind, start, at))
            kind = ""
        if name and not kind:
            start, kind = at, name
    return found


def lemma_script(form: str, lemma: str) -> str:
    """Say how a form becomes its lemma: "l" if lower-cased first, how many characters go, what is put on."""
    lower = form.lower() if lemma != form and lemma == lemma.lower() else form
    same = 0
    while same < min(len(lower), len(lemma)) and lower[same] == lemma[same]:
        same += 1
    return f"{'l' if lower != form else 'k'}{len(lower) - same}{lemma[same:]}"


def inventory(examples: Iterable[Example], *, lemma_floor: int = 3) -> dict[str, list[str]]:
    """Collect the labels of each task, most frequent first."""
    tags, pos, deps, scripts = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for one in examples:
        if one.tags and one.pos and one.deps and one.lemmas:
            tags.update(one.tags)
            pos.update(one.pos)
            deps.update(one.deps)
            scripts.update(map(lemma_script, one.words, one.lemmas))
    return {
        "tags": [label for label, _ in tags.most_common()],
        "pos": [label for label, _ in pos.most_common()],
        "deps": [label for label, n in deps.most_common() if n >= 3],
        "lemmas": [label for label, n in scripts.most_common() if n >= lemma_floor],
    }
