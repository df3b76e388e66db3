"""Articles are in English: a count of the commonest words first, py3langid where that leaves doubt."""

from __future__ import annotations

import re
from collections import Counter

from py3langid import classify

from pipeline.errors import InputError

_COMMON = frozenset(
    [
        "the",
        "of",
        "and",
        "to",
        "in",
        "a",
        "is",
        "that",
        "for",
        "it",
        "as",
        "was",
        "with",
        "be",
        "by",
        "on",
        "not",
        "are",
        "this",
        "from",
        "at",
        "which",
        "have",
        "or",
        "an",
    ]
)
_WINDOW, _WINDOWS = 240, 40  # characters of a sample, and samples at most, spread over the article
_LETTERS = 0.5  # share of letters below which a sample tells no language
_CLEAR = 0.18  # share of common words above which a sample is English
_DISTINCT = 4  # of them, different ones: other languages have an "a" and an "is" too


def require_english(text: str) -> str:
    """Return "en" where at least half of the samples of an article are English.

    Raises:
        InputError: `language`, with the language found in most of the other samples.
    """
    found = Counter(_language(sample) for sample in _samples(text))
    if 2 * found["en"] >= found.total():
        return "en"
    del found["en"]
    raise InputError("language", f"reads as {found.most_common(1)[0][0]}, not English", stage="clean")


def _samples(text: str) -> list[str]:
    """Return samples spread evenly, without those that are mostly signs and figures."""
    if len(text) <= 2 * _WINDOW:
        return [text]
    number = min(_WINDOWS, len(text) // _WINDOW)
    step = len(text) / number
    samples = [text[int(at * step) : int(at * step) + _WINDOW] for at in range(number)]
    return [sample for sample in samples if sum(map(str.isalpha, sample)) > _LETTERS * len(sample)] or samples


def _language(sample: str) -> str:
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    common = [word for word in words if word in _COMMON]
    if len(words) >= 20 and len(common) >= _CLEAR * len(words) and len(set(common)) >= _DISTINCT:
        return "en"
    return str(classify(sample)[0])
