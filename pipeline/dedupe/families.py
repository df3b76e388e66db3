"""Which articles copy each other: shared five-word shingles, looked for through their smallest hashes.

Every article keeps the 128 smallest hashes of its shingles. Articles that share some of these are compared in full: two
belong to one family when at least `FAMILY` of the shorter one's shingles stand in the other, and one repeats the other
when `COPY` of both are shared.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

FAMILY, COPY = 0.5, 0.85
_SIZE, _KEPT = 5, 128
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Member:
    """What is known of the copies of one article."""

    family_id: str
    duplicate_of: str | None
    reason: str | None


def shingles(text: str) -> frozenset[int]:
    """Return 64-bit hashes of all runs of five words."""
    words = _WORD.findall(text.casefold())
    runs = (" ".join(words[at : at + _SIZE]) for at in range(max(1, len(words) - _SIZE + 1)))
    return frozenset(int.from_bytes(hashlib.blake2b(run.encode(), digest_size=8).digest(), "big") for run in runs)


def families(
    texts: Mapping[str, str], *, published: Mapping[str, date | None], sources: Mapping[str, str]
) -> dict[str, Member]:
    """Return the family of each article. The first to be published (then by source) is the one that others repeat."""
    found = {article: shingles(text) for article, text in texts.items()}
    order = sorted(texts, key=lambda a: (published[a] or date.max, sources[a]))
    rank = {article: place for place, article in enumerate(order)}
    parent = {article: article for article in texts}
    copies: dict[str, tuple[str, float]] = {}
    shares: dict[str, float] = {}
    for left, right in sorted(_candidates(found), key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        first, later = sorted((left, right), key=rank.__getitem__)
        common = len(found[left] & found[right])
        inside = common / min(len(found[left]), len(found[right]))
        if inside < FAMILY:
            continue
        a, b = sorted((_root(parent, left), _root(parent, right)), key=rank.__getitem__)
        parent[b] = a
        shares[first] = max(shares.get(first, 0.0), inside)
        shares[later] = max(shares.get(later, 0.0), inside)
        if common / len(found[left] | found[right]) >= COPY and later not in copies:
            copies[later] = (first, inside)
    members = {}
    for article in texts:
        root = _root(parent, article)
        reason = f"shares {shares[article]:.0%} of its five-word runs with another" if article in shares else None
        original = copies.get(article)
        members[article] = Member(_family_id(root), original[0] if original else None, reason)
    return members


def _family_id(article_id: str) -> str:
    return "fam_" + article_id.partition("_")[2]


def _root(parent: dict[str, str], article: str) -> str:
    while parent[article] != article:
        parent[article] = parent[parent[article]]
        article = parent[article]
    return article


def _candidates(found: Mapping[str, frozenset[int]]) -> set[tuple[str, str]]:
    """Return pairs that share at least two of their smallest hashes."""
    holders: dict[int, list[str]] = defaultdict(list)
    for article in sorted(found):
        for value in sorted(found[article])[:_KEPT]:
            holders[value].append(article)
    pairs = Counter(pair for group in holders.values() for pair in _pairs(group))
    return {pair for pair, count in pairs.items() if count >= 2}


def _pairs(group: Sequence[str]) -> list[tuple[str, str]]:
    """Return all pairs of a small group, and in a large one (a notice that many repeat) each with the first."""
    if len(group) > 50:
        return [(group[0], other) for other in group[1:]]
    return [(left, right) for at, left in enumerate(group) for right in group[at + 1 :]]
