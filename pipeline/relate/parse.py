"""One parse as lists that can be mended, and what the mends ask of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

SUBJECTS = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"})
NOUNS = frozenset({"NOUN", "PROPN", "NUM"})


@dataclass(slots=True)
class Parse:
    """One parse as aligned lists; `dep` and `head` are mended in place."""

    lower: Sequence[str]
    pos: Sequence[str]
    dep: list[str]
    head: list[int]
    tag: Sequence[str] = ()  # Penn tags, where there are any

    def above(self, token: int) -> set[int]:
        """Return `token` and all that governs it."""
        found: set[int] = set()
        while token not in found:
            found.add(token)
            token = self.head[token]
        return found

    def below(self, token: int) -> list[int]:
        """Return what hangs on `token`, in the order of the words."""
        return [at for at, head in enumerate(self.head) if head == token != at]

    def hang(self, token: int, head: int, dep: str) -> None:
        """Attach a word, unless that would make a circle or take the root away."""
        if self.head[token] != token and token not in self.above(head):
            self.head[token], self.dep[token] = head, dep


def is_noun(parse: Parse, token: int) -> bool:
    return parse.pos[token] in NOUNS and parse.lower[token][:1].isalnum()


def whole_noun(parse: Parse, noun: int) -> int:
    """Return the head of the phrase that ends in `noun`: "Treaty" of "Treaty of Lima"."""
    while parse.pos[parse.head[noun]] in NOUNS and parse.head[noun] < noun:
        noun = parse.head[noun]
    return noun


def has_subject_or_aux(parse: Parse, token: int) -> bool:
    kinds = {parse.dep[at] for at in parse.below(token)}
    return not kinds.isdisjoint({*SUBJECTS, "aux", "aux:pass", "cop"})
