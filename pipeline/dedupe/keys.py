"""What makes two records of different articles one: the key of each, from which its id is made."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.ids import stable_id
from pipeline.names import SMALL_WORDS, compare_name

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_FILLERS = SMALL_WORDS | {
    "its",
    "their",
    "his",
    "her",
    "which",
    "that",
    "who",
    "also",
    "has",
    "have",
    "had",
    "was",
    "were",
    "is",
}
_POINTERS = frozenset(
    {"it", "its", "they", "them", "their", "this", "these", "that", "those", "he", "she", "him", "her", "we"}
)


def organization_id(row: Mapping[str, Any]) -> str:
    """The name in the lexicon, or the name without what never tells two bodies apart."""
    return stable_id("organizations", compare_name(row["canonical"] or row["name"]))


def place_id(row: Mapping[str, Any]) -> str:
    """The ISO code of a state, or the name."""
    return stable_id("places", row["iso3"] or compare_name(row["name"]))


def date_id(row: Mapping[str, Any]) -> str:
    """The value with its modifier."""
    return stable_id("dates", row["edtf"] or row["timex"], row["type"], row["modifier"])


def agreement_id(row: Mapping[str, Any], parties: Sequence[str]) -> str:
    """The name; for an unnamed one its kind, its parties and what it is about."""
    if row["named"]:
        return stable_id("agreements", compare_name(row["canonical"] or row["name"] or row["display_name"]))
    about = compare_name(row["subject"] or "")
    return stable_id("agreements", "unnamed", row["kind"], *sorted(parties), about or compare_name(row["display_name"]))


def content_words(text: str | None) -> list[str]:
    """Return the words that carry meaning, compared without regard to case and order."""
    words = (word.lower() for word in _WORD.findall(text or ""))
    return sorted(compare_name(word) for word in words if word not in _FILLERS)


def claim_id(row: Mapping[str, Any]) -> str:
    """Who or what, what is said of it, and how: in the words of the text, without order and small words."""
    subject = row["subject_resolved"] or row["subject"]
    said = [*content_words(row["predicate"]), *content_words(row["object"])]
    words = " ".join(said) if row["predicate"] else " ".join(content_words(row["text"]))
    points_back = (not row["subject_resolved"] and unnamed(row["subject"])) or unnamed(row["object"])
    words = f"{words} of {row['article_id']}" if points_back else words  # its "it" is not that of another article
    parts = (row["level"], row["polarity"], row["modality"], compare_name(row["attribution"] or ""))
    return stable_id("claims", compare_name(subject or ""), words, *parts)


def unnamed(phrase: str | None) -> bool:
    """Tell whether a phrase is a pronoun, or begins or ends with a word that points back to what its article named."""
    words = (phrase or "").lower().split()
    return bool(words) and (words[0] in _POINTERS or words[-1] in _POINTERS)
