"""Who is said to say what a clause says: "according to X", "X warned that …", "…, X said, …"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pipeline.relate.parse import SUBJECTS
from pipeline.relate.tree import Phrase

if TYPE_CHECKING:
    from pipeline.relate.reader import Reader

_INSIDE_NAME = frozenset({"det", "compound", "amod", "flat", "nummod", "nmod:poss", "nmod:desc", "case"})
_NOUNS = frozenset({"NOUN", "PROPN"})
_MAX_DEPTH = 200


def find_sources(reader: Reader) -> Iterator[tuple[int, int]]:
    """Yield the clause and the speaker of each "according to X", found by its words, which parses often miss."""
    tree = reader.tree
    for at in range(len(tree.words) - 2):
        if tree.lower[at] not in reader.rules.attribution.prepositions or tree.lower[at + 1] != "to":
            continue
        speaker, steps = _last_noun(reader, at + 2), 0
        while speaker < tree.head[speaker] and tree.dep[speaker] in _INSIDE_NAME and steps < _MAX_DEPTH:
            speaker, steps = tree.head[speaker], steps + 1
        clause, steps = speaker, 0
        while tree.head[clause] != clause and (steps == 0 or not reader.is_predicate(clause)) and steps < _MAX_DEPTH:
            clause, steps = tree.head[clause], steps + 1
        yield _on_its_side(reader, at, clause), speaker


def _on_its_side(reader: Reader, source: int, clause: int) -> int:
    """ "Pacts multiplied; according to X, many failed" with "X" under "multiplied": it speaks for "failed"."""
    tree = reader.tree
    marks = [at for at, word in enumerate(tree.words) if word == ";"]
    begin = max((at for at in marks if at < source), default=-1)
    end = min((at for at in marks if at > source), default=len(tree.words))
    if begin < clause < end:
        return clause
    inside = range(begin + 1, end)
    return next((at for at in inside if reader.is_predicate(at) and tree.head[at] not in inside), clause)


def _last_noun(reader: Reader, first: int) -> int:
    """ "the campaign group Lima Watch": the end of the nouns in a row, whatever the parse hangs each of them on."""
    tree = reader.tree
    last = end = first
    for at in range(first, len(tree.words)):
        noun = tree.pos[at] in _NOUNS
        if not noun and (tree.pos[at] not in {"DET", "ADJ"} or tree.pos[last] in _NOUNS) and tree.words[at] not in "-–":
            break
        last, end = (at, at) if noun else (last, at)
    return last if tree.pos[last] in _NOUNS and end >= first else first


def _speaker(reader: Reader, token: int) -> Phrase | None:
    """The phrase of the speaker; behind "according to" it begins right there."""
    tree = reader.tree
    words = {at for at in reader.noun_phrase(token) if tree.lower[at] not in {"according", "to"}}
    said = [at for at in range(token) if tree.lower[at] in reader.rules.attribution.prepositions]
    return tree.phrase(sorted(words | set(range(said[-1] + 2, token)) if said else words), token)


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
            and _on_its_side(reader, case, token) == token
        ):
            return tree.phrase([at for at in reader.noun_phrase(child) if at not in tree.subtree(case)], child)
    told = _passive_speaker(reader, token)
    if told is not None:
        return told
    for child in tree.children[token]:
        if reader.is_aside(child):
            speaker, _ = reader.subject(child)
            return None if speaker is None else tree.phrase(reader.noun_phrase(speaker), speaker)
    at, steps = token, 0
    while at != tree.head[at] and steps < _MAX_DEPTH:
        steps += 1
        if reader.is_reported(at):
            governor = tree.head[at]
            if tree.first(governor, "aux:pass") is not None:  # "it was announced by X that …"
                speaker = tree.first(governor, "obl:agent")
            else:
                speaker, _ = reader.subject(governor)
            return None if speaker is None else tree.phrase(reader.noun_phrase(speaker), speaker)
        if _resumes(reader, at):
            return None
        at = tree.head[at]
        if at in reader.sources:  # what describes a name of an attributed clause is attributed too
            return _speaker(reader, reader.sources[at])
    return None


def _passive_speaker(reader: Reader, token: int) -> Phrase | None:
    """ "is estimated by X to have lent": X says so."""
    tree = reader.tree
    agents = (child for child in tree.children[token] if tree.dep[child] in {"obl:agent", "obl"})
    speaker = next((at for at in agents if (by := tree.first(at, "case")) and tree.lower[by] == "by"), None)
    passive = tree.first(token, "aux:pass") is not None and tree.first(token, "xcomp") is not None
    if not passive or speaker is None or tree.lemma[token] not in reader.rules.attribution.verbs:
        return None
    return tree.phrase(reader.noun_phrase(speaker), speaker)


def _resumes(reader: Reader, token: int) -> bool:
    """ "X announced that it would leave, and Y has agreed": behind a comma and without "that" the article goes on."""
    tree = reader.tree
    joint = tree.first(token, "cc")
    if tree.dep[token] != "conj" or joint is None or tree.first(token, *SUBJECTS) is None:
        return False
    return tree.words[joint - 1] == "," and tree.first(token, "mark") is None
