"""Entity corpora of whole documents, read with what their guidelines share with ours: Re-DocRED and re3d.

Both mark more than names (re3d: "we", "the camp", "He" as a person), or other things under the same label (Re-DocRED:
"American" is a place there). What disagrees is left open, see `corpora.masks`; only words
that both sides judge alike are learned from.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.tokens import Doc

from models.training.corpora import ANY, BIT, Example, masks, spacing

_ENDS = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])|\n+")
_ABSENT = ("AGR", "EVENT", "NORP")
_REDOCRED = {"ORG": ("ORG",), "PER": ("PERSON",), "LOC": ("GPE", "LOC")}
_RE3D = {"Organisation": ("ORG",), "Location": ("GPE", "LOC"), "Nationality": ("NORP",)}
_PEOPLE = re.compile(r"[A-Z]\w+(?:an|ian|ish|ese|ch|i|ic|ite)$")
_BODY = re.compile(
    r"\b(?:Agency|Army|Bank|Board|Bureau|Command|Commission|Committee|Congress|Council|Court|Department|Forces?|"
    r"Government|Ministry|Nations|Navy|Office|Organi[sz]ation|Parliament|Party|Union|University)\b|^[A-Z]{2,}$"
)
_LOWER = frozenset({"of", "the", "for", "and", "on", "in", "de", "al", "du", "del", "la"})


def redocred(path: Path) -> Iterator[Example]:
    """Yield the sentences of Re-DocRED. MISC may be any name; an adjective of a people may be NORP or a place."""
    for document in json.loads(path.read_text("utf-8")):
        labels = [["O"] * len(words) for words in document["sents"]]
        for mention in (one for entity in document["vertexSet"] for one in entity):
            (start, end), row = mention["pos"], labels[mention["sent_id"]]
            kind = mention["type"]
            if kind in {"TIME", "NUM"} or row[start:end] != ["O"] * (end - start):
                continue
            name = " ".join(document["sents"][mention["sent_id"]][start:end])
            kind = "open" if kind == "LOC" and _PEOPLE.match(name) else kind
            row[start:end] = [f"{'B' if at == start else 'I'}-{kind}" for at in range(start, end)]
        for words, row in zip(map(tuple, document["sents"]), labels, strict=True):
            if len(words) <= 70 and set(row) != {"O"}:
                bits = masks(words, tuple(row), _REDOCRED, (*_ABSENT, "ORG", "LOC", "GPE"))
                yield Example(words, spacing(words), entities=bits, source="redocred")


def re3d(folder: Path, tokenize: Callable[[str], Doc]) -> Iterator[Example]:
    """Yield the sentences of re3d: names count, the rest ("the rebels", a state as a government) is open."""
    for part in sorted(path.parent for path in folder.glob("*/documents.json")):
        found: dict[str, list[tuple[int, int, str]]] = {}
        for entity in _rows(part / "entities.json"):
            found.setdefault(entity["documentId"], []).append((entity["begin"], entity["end"], entity["type"]))
        for document in _rows(part / "documents.json"):
            text, spans = document["text"], found.get(document["_id"], [])
            bounds = [0, *(end for match in _ENDS.finditer(text) for end in match.span()), len(text)]
            for start, end in zip(bounds[::2], bounds[1::2], strict=True):
                inside = [(a - start, b - start, kind) for a, b, kind in spans if start <= a < b <= end]
                doc = tokenize(text[start:end])
                if inside and 3 < len(doc) <= 70:
                    yield _judged(doc, inside)


def _rows(path: Path) -> list[dict[str, str | int]]:
    return [json.loads(line) for line in path.read_text("utf-8-sig").splitlines() if line.strip()]


def _judged(doc: Doc, spans: list[tuple[int, int, str]]) -> Example:
    words = tuple(token.text for token in doc)
    bits = list(masks(words, ("O",) * len(words), {}, (*_ABSENT, "ORG", "GPE", "LOC", "PERSON")))
    open_: set[int] = set()
    named: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        span = doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            continue
        if kind in _RE3D and _is_name(kind, span.text) and span.text == doc.text[start:end]:
            named.append((span.start, span.end, kind))
        else:
            open_ |= set(range(span.start, span.end))
    for at in open_:
        bits[at] = ANY
    for first, last, kind in named:
        overlap = any(a < last and first < b and (a, b, k) != (first, last, kind) for a, b, k in named)
        for at in range(first, last):
            mark = "B" if at == first else "I"
            bits[at] = ANY if overlap else sum(BIT[f"{mark}-{label}"] for label in _RE3D[kind])
    spaces = tuple(bool(token.whitespace_) for token in doc)
    return Example(words, spaces, entities=tuple(bits), source="re3d")


def _is_name(kind: str, text: str) -> bool:
    """Say whether the span is a name by our guidelines: capitals throughout, and a body rather than a state."""
    words = text.split()
    if not words or not words[0][0].isupper() or not all(word[0].isupper() or word in _LOWER for word in words):
        return False
    return words[0] != "The" and (kind != "Organisation" or _BODY.search(text) is not None)
