"""Entities of GUM (Zeldes 2017) over its parsed sentences: names that it links to Wikipedia, the rest left open.

GUM marks every noun phrase, nested ones too, in the column MISC: `Entity=(8-organization-…-University_of_Portsmouth`
opens a mention, `Entity=8)` closes it. A linked mention that is written as a name, less articles and titles, is a name
by our guidelines, unless the same link is of two types (a state as a place and as a government). A capitalized mention
without a link may be anything; what no such mention holds is no name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from models.training.corpora import Example, masks

_BRACKET = re.compile(r"\((\d+)-([^()]*)|(\d+)\)|\)")
_FIELDS = 7  # type, information status, salience, centering, shortest span, link to antecedent, identity
_KNOWN = {"organization": ("ORG",), "person": ("PERSON",), "place": ("GPE", "LOC"), "event": ("EVENT",)}
_ARTICLES = frozenset({"the", "a", "an"})
_TITLES = frozenset(
    {"mr", "mrs", "ms", "dr", "prof", "professor", "president", "senator", "sir", "lady", "king", "queen"}
)
_LOWER = frozenset(["of", "the", "for", "and", "on", "in", "de", "la", "le", "du", "von", "van", "al", "del", "di"])

Mention = tuple[int, int, str, str]  # first word, word after the last, type, identity or ""


def gum_entities(examples: dict[str, Example], path: Path) -> None:
    """Put the entities of a CoNLL-U file of GUM over its sentences in `examples`."""
    found = dict(_mentions(path))
    types: dict[str, set[str]] = {}
    for _, _, kind, identity in (one for mentions in found.values() for one in mentions):
        types.setdefault(identity, set()).add(kind)
    sure = {identity for identity, kinds in types.items() if identity and len(kinds) == 1}
    for name in found.keys() & examples.keys():
        one = examples[name]
        labels = _labels(one.words, one.pos or (), found[name], sure)
        examples[name] = replace(one, entities=masks(one.words, labels, _KNOWN, ("AGR", "NORP", "EVENT")))


def _mentions(path: Path) -> Iterator[tuple[str, list[Mention]]]:
    """Yield sentence id and mentions. Mentions that run on into the next sentence are left out."""
    for block in path.read_text("utf-8").split("\n\n"):
        name, at = "", 0
        waiting: dict[str, list[tuple[int, str, str]]] = {}
        found: list[Mention] = []
        for line in block.splitlines():
            name = line[12:] if line.startswith("# sent_id = ") else name
            cells = line.split("\t")
            if len(cells) != 10 or not cells[0].isdigit():
                continue
            notes = next((note[7:] for note in cells[9].split("|") if note.startswith("Entity=")), "")
            last = ""
            for opened, what, closed in (match.groups() for match in _BRACKET.finditer(notes)):
                if opened:
                    fields = what.split("-", _FIELDS - 1)
                    waiting.setdefault(opened, []).append((at, fields[0], "".join(fields[_FIELDS - 1 :])))
                    last = opened
                elif waiting.get(closed or last):
                    start, kind, identity = waiting[closed or last].pop()
                    found.append((start, at + 1, kind, identity))
            at += 1
        if name:
            yield name, found


def _labels(words: Sequence[str], pos: Sequence[str], mentions: Sequence[Mention], sure: set[str]) -> tuple[str, ...]:
    """Return BIO labels: the type of the longest names, "open" for what may be a name of any kind."""
    labels = ["O"] * len(words)
    for start, end, kind, identity in sorted(mentions, key=lambda one: one[0] - one[1]):
        while start < end and words[start].lower().rstrip(".") in _ARTICLES | _TITLES:
            start += 1
        while start < end and words[end - 1] in {"'s", "’s", "'", "’"}:
            end -= 1
        inside = words[start:end]
        name = "PROPN" in pos[start:end] and inside[0][0].isupper() and all(map(_in_name, inside))
        if name and labels[start:end] == ["O"] * len(inside):
            label = kind if identity in sure else "open"
            labels[start:end] = [f"{'I' if at else 'B'}-{label}" for at in range(len(inside))]
    return tuple(labels)


def _in_name(word: str) -> bool:
    return word[0].isupper() or word in _LOWER or word in {"-", "–", "&"}
