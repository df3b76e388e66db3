"""Which records with different keys are one all the same; each merge is a redirect with its score and reason."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rapidfuzz import fuzz

from pipeline.dedupe.keys import content_words
from pipeline.names import compare_name

ALIKE = 90.0  # of 100: how alike two claims about the same things must be
_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")

Redirects = dict[str, tuple[str, float | None, str]]  # old id → new id, score, detail


def acronyms(rows: Iterable[Mapping[str, Any]], key: str) -> Redirects:
    """Lead records known by an acronym alone to the one record that the articles give this acronym to."""
    full: dict[str, set[str]] = defaultdict(set)
    short: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name = row["name"]
        if name is None:
            continue
        if " " not in name and name.isupper():
            short[name].add(row[key])
        elif row["acronym"]:
            full[row["acronym"]].add(row[key])
    return {
        old: (next(iter(full[name])), None, f"{name} is the acronym of one record only")
        for name, olds in sorted(short.items())
        for old in sorted(olds)
        if len(full[name]) == 1 and old not in full[name]
    }


def claims(rows: Iterable[Mapping[str, Any]]) -> Redirects:
    """Lead claims to the same claim in other words: same records, numbers and polarity, nearly the same words."""
    blocks: dict[tuple[Any, ...], dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for row in rows:
        named = tuple(tuple(sorted(row[name])) for name in ("organizations", "places", "dates", "agreements"))
        if any(named) and row["predicate_lemma"]:
            block = (named, row["predicate_lemma"], row["polarity"], row["modality"], row["level"], numbers(row))
            blocks[block].setdefault(row["claim_id"], row)
    redirects: Redirects = {}
    for claims_of_block in blocks.values():
        for old, new, score in _alike(claims_of_block):
            redirects[old] = (new, score / 100, f"same records, numbers and verb; words alike to {score:.0f} of 100")
    return redirects


def _alike(block: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, float]]:
    kept: list[tuple[str, str, str]] = []
    for claim, row in sorted(block.items()):
        said = " ".join(content_words(f"{row['predicate'] or ''} {row['object'] or ''}"))
        subject = compare_name(row["subject_resolved"] or row["subject"] or "")
        for other, words, whom in kept:
            score = fuzz.token_sort_ratio(said, words)
            if score >= ALIKE and fuzz.ratio(subject, whom) >= ALIKE:
                yield claim, other, score
                break
        else:
            kept.append((claim, said, subject))


def numbers(row: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the numbers in what is said, which two wordings of one claim share."""
    said = " ".join(filter(None, (row["subject"], row["predicate"], row["object"])))
    return tuple(sorted(_DIGITS.findall(said or row["text"])))
