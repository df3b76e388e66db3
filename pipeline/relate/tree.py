"""The dependency parse of one unit as plain lists, and the phrases cut out of it in the words of the text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words of the unit that fill a role: their text and the stretch they stand in (characters of the unit)."""

    text: str
    start: int
    end: int
    head: int  # token


class Tree:
    """The parse as plain lists, so that rules cost no calls into spaCy."""

    def __init__(self, doc: Doc) -> None:
        self.doc = doc
        self.words = [token.text for token in doc]
        self.lower = [word.lower() for word in self.words]
        self.lemma = [token.lemma_.lower() for token in doc]
        self.pos = [token.pos_ for token in doc]
        self.tag = [token.tag_ for token in doc]
        self.dep = [token.dep_.lower() for token in doc]
        self.head = [token.head.i for token in doc]
        self.start = [token.idx for token in doc]
        self.children: list[list[int]] = [[] for _ in self.words]
        for token, head in enumerate(self.head):
            if head != token:
                self.children[head].append(token)

    def first(self, token: int, *deps: str) -> int | None:
        return next((child for child in self.children[token] if self.dep[child] in deps), None)

    def subtree(self, token: int, *, without: frozenset[int] = frozenset()) -> list[int]:
        """Tokens under `token` in order, leaving out the subtrees of `without`."""
        found: list[int] = []
        stack = [token]
        while stack:
            at = stack.pop()
            found.append(at)
            stack.extend(child for child in self.children[at] if child not in without)
        return sorted(found)

    def phrase(self, tokens: list[int], head: int) -> Phrase | None:
        """Join tokens as they stand in the text; punctuation at the edges and before gaps goes."""
        tokens = self._trim(self._balanced(self._filled(tokens)))
        if not tokens:
            return None
        parts: list[str] = []
        for place, token in enumerate(tokens):
            if place and tokens[place - 1] + 1 != token:
                if self.lower[tokens[place - 1]] in {",", ";", "–", "—", "(", "."}:
                    parts.pop()
                parts.append(" ")
            follows = place + 1 < len(tokens) and tokens[place + 1] == token + 1
            parts.append(self.words[token] + (self.doc[token].whitespace_ if follows else ""))
        first, last = min(tokens), max(tokens)
        return Phrase(
            "".join(parts).strip().replace("  ", " "), self.start[first], self.start[last] + len(self.words[last]), head
        )

    def _balanced(self, tokens: list[int]) -> list[int]:
        """Close a bracket that is open at the end of the phrase; leave out brackets without their other half."""
        opened: list[int] = []
        lone: set[int] = set()
        for token in tokens:
            if self.words[token] == "(":
                opened.append(token)
            elif self.words[token] == ")":
                if opened:
                    opened.pop()
                else:
                    lone.add(token)
        after = tokens[-1] + 1 if tokens else 0
        if len(opened) == 1 and after < len(self.words) and self.words[after] == ")":
            tokens = [*tokens, after]
            opened = []
        return [token for token in tokens if token not in lone and token not in opened]

    def _filled(self, tokens: list[int]) -> list[int]:
        """Put back brackets, hyphens and quotes that stand between two words of the phrase."""
        filled: list[int] = []
        for token in tokens:
            gap = range(filled[-1] + 1, token) if filled else range(0)
            if 0 < len(gap) <= 2 and all(self.dep[at] == "punct" and self.words[at] not in ",;:" for at in gap):
                filled.extend(gap)
            filled.append(token)
        return filled

    def _trim(self, tokens: list[int]) -> list[int]:
        first, last = 0, len(tokens)
        while (
            first < last and self.dep[tokens[first]] in {"punct", "cc"} and self.words[tokens[first]] not in "(\"“'‘[$#"
        ):
            first += 1
        while (
            last > first
            and (self.dep[tokens[last - 1]] in {"punct", "cc"} or self.words[tokens[last - 1]] in {".", ",", ";", ":"})
            and self.words[tokens[last - 1]] not in ")\"”'’]%"
        ):
            last -= 1
        return tokens[first:last]
