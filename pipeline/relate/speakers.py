"""Who is said to say what a clause says: "according to X", "X warned that …", "…, X said, …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.relate.tree import Phrase

if TYPE_CHECKING:
    from pipeline.relate.reader import Reader

_INSIDE_NAME = frozenset({"det", "compound", "amod", "flat", "nummod", "nmod:poss", "case"})
_MAX_DEPTH = 200


def find_sources(reader: Reader) -> Iterator[tuple[int, int]]:
    """Yield the clause and the speaker of each "according to X", found by its words, which parses often miss."""
    tree = reader.tree
    for at in range(len(tree.words) - 2):
        if tree.lower[at] not in reader.rules.attribution.prepositions or tree.lower[at + 1] != "to":
            continue
        speaker, steps = at + 2, 0
        while speaker < tree.head[speaker] and tree.dep[speaker] in _INSIDE_NAME and steps < _MAX_DEPTH:
            speaker, steps = tree.head[speaker], steps + 1
        clause, steps = speaker, 0
        while tree.head[clause] != clause and (steps == 0 or not reader.is_predicate(clause)) and steps < _MAX_DEPTH:
            clause, steps = tree.head[clause], steps + 1
        yield clause, speaker


def _speaker(reader: Reader, token: int) -> Phrase | None:
    words = [at for at in reader.noun_phrase(token) if reader.tree.lower[at] not in {"according", "to"}]
    return reader.tree.phrase(words, token)


def attribution(reader: Reader, token: int) -> Phrase | None:
    """Return the speaker of a clause, or None where the article itself speaks."""
    tree = reader.tree
    speaker_of = reader.sources.get(token)
    if speaker_of is not None:
        return _speaker(reader, speaker_of)
    for child in tree.children[token]:
        case = tree.first(child, "case")
        if (
            tree.dep[child] in {"obl", "advmod"}
            and case is not None
            and tree.lower[case] in reader.rules.attribution.prepositions
        ):
            return tree.phrase([at for at in reader.noun_phrase(child) if at not in tree.subtree(case)], child)
    for child in tree.children[token]:
        if reader.is_aside(child):
            speaker, _ = reader.subject(child)
            return None if speaker is None else tree.phrase(reader.noun_phrase(speaker), speaker)
    at, steps = token, 0
    while at != tree.head[at] and steps < _MAX_DEPTH:
        steps += 1
        if reader.is_reported(at):
            speaker, _ = reader.subject(tree.head[at])
            return None if speaker is None else tree.phrase(reader.noun_phrase(speaker), speaker)
        at = tree.head[at]
        if at in reader.sources:  # what describes a name of an attributed clause is attributed too
            return _speaker(reader, reader.sources[at])
    return None
