"""What stands in a role: tokens, stems, names and numbers. Records are @ids by now, and a date is `DATE`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.dedupe.policy import ConflictPolicy
from pipeline.dedupe.synonyms import Synonyms

Span = tuple[str, str]  # words in the role, the record they name; "" for a date
DATE = "~"
UNSAID = "-"  # in the place of a record: words that are left out
_TOKEN = re.compile(r"@\w+|\d[\d,]*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|\w+")
_STOP = frozenset([
    "the", "a", "an", "of", "to", "in", "for", "and", "on", "by", "at", "as", "with", "from", "into", "its",
    "their", "his", "her", "that", "which", "this", "these", "it", "is", "are", "was", "were", "be", "been",
    "has", "have", "had", "also", "s", "between", "among", "today", "now", "currently", "under", "during",
    "within", "who", "since",
])  # fmt: skip
_NUMBER_WORDS = {word: float(value) for value, word in enumerate([
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
])} | {"thirty": 30.0, "forty": 40.0, "fifty": 50.0, "sixty": 60.0, "hundred": 100.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with the word it counts; `low` and `high` are what it may mean."""

    low: float
    high: float
    unit: str

    def __str__(self) -> str:
        if self.low == self.high:
            shown = f"{self.low:g}"
        elif self.high == float("inf"):
            shown = f"≥ {self.low:g}"
        else:
            shown = f"≤ {self.high:g}" if self.low < 0 else f"{self.low:g}–{self.high:g}"
        return f"{shown} {self.unit}".strip()


def replaced(text: str | None, spans: Sequence[Span]) -> str:
    """Put ids in the place of names, longest first, and `DATE` in that of dates. Words, not places, are looked for:
    a role may leave out a stretch of its sentence."""
    if text is None:
        return ""
    for words, what in sorted(set(spans), key=lambda span: (-len(span[0]), span)):
        text = _put(" " if what == UNSAID else f" @{what} " if what else f" {DATE} ", words, text)
    return text


def _put(new: str, words: str, text: str) -> str:
    """Replace whole words; an expression for each of many names would be compiled anew each time."""
    parts, done = [], 0
    at = text.find(words)
    while at >= 0 and words:
        end = at + len(words)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (before.isalnum() or before in ("_", "@") or after.isalnum() or after == "_"):
            parts += [text[done:at], new]
            done = end
        at = text.find(words, end)
    return "".join([*parts, text[done:]])


def stem(word: str, synonyms: Synonyms) -> str:
    """Return a word without the ending of plural or possessive, or the one that stands for all that mean the same."""
    if word.startswith("@"):
        return word
    word = re.sub(r"['’]s?$", "", word)
    if len(word) > 4 and word.endswith("ies"):
        word = word[:-3] + "y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    return synonyms.of_word.get(word, word)


def words_of(text: str, synonyms: Synonyms) -> frozenset[str]:
    """Return the stems of a text, without small words and numbers."""
    text = re.sub(r"\bmember (?:state|countrie|country|nation)s?\b", "members", text, flags=re.I)
    return frozenset(
        stem(token.lower() if token[0] != "@" else token, synonyms)
        for token in _TOKEN.findall(text)
        if token.lower() not in _STOP and not token[0].isdigit() and token.lower() not in _NUMBER_WORDS
    )


def names_of(text: str) -> Iterator[str]:
    """Yield ids and the capitalized words beside them; a first word counts where a capitalized one follows."""
    tokens = _TOKEN.findall(text)
    for i, token in enumerate(tokens):
        if token[0] == "@":
            yield token
        elif token[0].isupper() and token.lower() not in _STOP and token.lower() not in _NUMBER_WORDS:
            following = tokens[i + 1][0].isupper() if i + 1 < len(tokens) else False
            if i or following or token.isupper():
                yield token.lower()


def first_words(text: str, n: int) -> list[str]:
    """Return the first `n` words in lower case."""
    return [token.lower() for token in _TOKEN.findall(text)[:n]]


def quantities(text: str, policy: ConflictPolicy) -> Iterator[Quantity]:
    """Yield the numbers of a text, each with the word that follows; "more than 30" has no upper bound."""
    tokens = list(_TOKEN.finditer(text))
    for i, match in enumerate(tokens):
        token = match[0].lower()
        value = _NUMBER_WORDS.get(token)
        if value is None and token[0].isdigit() and (plain := re.fullmatch(r"[\d.]+", token.replace(",", ""))):
            value = float(plain[0].strip(".")) if plain[0].count(".") < 2 else None
        if value is None:
            if token[0].isdigit():
                yield Quantity(0, 0, token)
            continue
        unit = tokens[i + 1][0].lower() if i + 1 < len(tokens) else ""
        before = text[max(0, match.start() - 20) : match.start()].lower().rstrip()
        low = high = value
        if before.endswith(policy.at_least):
            high = float("inf")
        elif before.endswith(policy.at_most):
            low = float("-inf")
        elif before.endswith(policy.about):
            low, high = value * (1 - policy.about_share), value * (1 + policy.about_share)
        yield Quantity(low, high, f"{unit[:-3]}y" if unit.endswith("ies") else unit.rstrip("s"))
