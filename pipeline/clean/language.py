"""Articles are in English: a count of the commonest words first, py3langid where that leaves doubt."""

from __future__ import annotations

import re

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
_SAMPLE = 4000
_CLEAR = 0.13  # share of common words above which a text is English


def require_english(text: str) -> str:
    """Return "en".

    Raises:
        InputError: `language`, with the language found.
    """
    sample = text[:_SAMPLE]
    words = re.findall(r"[^\W\d_]+", sample.casefold())
    if words and len(words) >= 20 and sum(word in _COMMON for word in words) >= _CLEAR * len(words):
        return "en"
    language, _ = classify(sample)
    if language != "en":
        raise InputError("language", f"reads as {language}, not English", stage="clean")
    return "en"
