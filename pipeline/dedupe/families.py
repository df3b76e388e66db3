"""Families: articles that copy each other, by shingles (MinHash, LSH, then exact) and by shared sentences.

Furniture, sentences that a site puts into many articles which otherwise differ, is taken out first.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from rensa import RMinHash

from pipeline.dedupe.clusters import Link, cluster
from pipeline.dedupe.policy import FamilyPolicy

Shingles = npt.NDArray[np.uint64]
_WORD = re.compile(r"\w+")
_SMALL_BUCKET = 8  # larger ones are chained instead of compared pair by pair
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0x27D4EB2F165667C5], dtype=np.uint64)


@dataclass(frozen=True, slots=True)
class Family:
    """What an article belongs to, why, and which article it repeats."""

    family_id: str
    reason: str | None
    duplicate_of: str | None


@dataclass(frozen=True, slots=True)
class _Text:
    sentences: tuple[str, ...]  # lower-case words, joined by blanks
    shingles: Shingles


def find_families(articles: pa.Table, units: pa.Table, *, policy: FamilyPolicy) -> dict[str, Family]:
    """Return the family of every article.

    Args:
        articles: columns article_id, published.
        units: columns article_id, ordinal, kind, text.
    """
    sentences = _sentences(articles, units)
    same = _whole(sentences)
    texts = {one: _text(sentences[one], policy) for one in same}
    heads = _near_copies(texts, policy)
    furniture = find_furniture(sentences, heads, policy)
    if furniture:
        texts = {one: _text([s for s in sentences[one] if s not in furniture], policy) for one in same}
    links = [
        Link.of(first, other, 1.0, "same words") for first, others in same.items() for other in others if other != first
    ]
    candidates = {*_by_shingles(texts, policy), *_by_sentences(texts, policy)}
    links.extend(link for pair in sorted(candidates) if (link := compare(*pair, texts, policy)) is not None)
    return _families(articles, links, texts, same, policy)


def _sentences(articles: pa.Table, units: pa.Table) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {one: [] for one in articles["article_id"].to_pylist()}
    ordered = units.select(["article_id", "ordinal", "kind", "text"]).sort_by(
        [("article_id", "ascending"), ("ordinal", "ascending")]
    )
    for batch in ordered.to_batches(max_chunksize=50_000):
        columns = (batch.column(name).to_pylist() for name in ("article_id", "kind", "text"))
        for article_id, kind, text in zip(*columns, strict=True):
            if kind != "residue" and (words := _WORD.findall(text.casefold())):
                found[article_id].append(" ".join(words))
    return found


def _whole(sentences: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    """Group articles of the very same words under the first of them; articles without words stay alone."""
    groups: dict[str, list[str]] = defaultdict(list)
    for article_id in sorted(sentences):
        text = "\n".join(sentences[article_id])
        groups[text or article_id].append(article_id)
    return {group[0]: group for group in groups.values()}


def _text(sentences: Sequence[str], policy: FamilyPolicy) -> _Text:
    return _Text(tuple(sentences), shingles(" ".join(sentences).split(), policy.shingle_words))


def _near_copies(texts: Mapping[str, _Text], policy: FamilyPolicy) -> dict[str, str | None]:
    """Group what repeats each other nearly whole, so that many copies of one article do not make its text furniture."""
    links = []
    for one, other in sorted(set(_by_shingles(texts, policy))):
        shared, _ = jaccard(texts[one].shingles, texts[other].shingles)
        if shared >= policy.repeats:
            links.append(Link.of(one, other, shared, ""))
    return cluster("articles", dict.fromkeys(texts, 0), links).rows


def find_furniture(
    sentences: Mapping[str, Sequence[str]], heads: Mapping[str, str | None], policy: FamilyPolicy
) -> set[str]:
    """Return the sentences that stand in many articles which are mostly made of other sentences.

    Args:
        heads: article → the head of its near copies; copies count once.
    """
    holders: dict[str, set[str]] = defaultdict(set)
    for article_id, head in heads.items():
        for sentence in sentences[article_id]:
            holders[sentence].add(head or article_id)
    frequent = {sentence for sentence, some in holders.items() if len(some) >= policy.furniture_articles}
    share: dict[str, float] = {}
    for article_id in heads:
        some_ = sentences[article_id]
        total = sum(s.count(" ") + 1 for s in some_)
        share[article_id] = sum(s.count(" ") + 1 for s in some_ if s in frequent) / max(total, 1)
    return {s for s in frequent if median(share[one] for one in holders[s]) < policy.furniture_share}


def shingles(words: Sequence[str], length: int) -> Shingles:
    """Return the sorted hashes of all runs of `length` words."""
    if len(words) < length:
        return np.empty(0, np.uint64)
    codes = np.array([zlib.crc32(word.encode()) for word in words], dtype=np.uint64)
    n = len(words) - length + 1
    total = np.zeros(n, np.uint64)
    for i in range(length):
        total = (total ^ codes[i : i + n]) * _FACTORS[i % len(_FACTORS)]
        total ^= total >> np.uint64(29)
    return np.unique(total)


def _by_shingles(texts: Mapping[str, _Text], policy: FamilyPolicy) -> Iterator[tuple[str, str]]:
    rows = policy.permutations // policy.bands
    buckets: dict[tuple[int, bytes], list[str]] = defaultdict(list)
    for article_id in sorted(texts):
        found = texts[article_id].shingles
        if len(found) < policy.min_shingles:
            continue
        sketch = RMinHash(num_perm=policy.permutations, seed=1)
        sketch.update([code.to_bytes(8, "little") for code in found.tolist()])
        digest = np.array(sketch.digest(), dtype=np.uint32)
        for band in range(policy.bands):
            buckets[band, digest[band * rows : (band + 1) * rows].tobytes()].append(article_id)
    for bucket in buckets.values():
        yield from _pairs(bucket)


def _by_sentences(texts: Mapping[str, _Text], policy: FamilyPolicy) -> Iterator[tuple[str, str]]:
    holders: dict[str, list[str]] = defaultdict(list)
    for article_id in sorted(texts):
        for sentence in set(texts[article_id].sentences):
            if sentence.count(" ") + 1 >= policy.sentence_words:
                holders[sentence].append(article_id)
    shared: Counter[tuple[str, str]] = Counter()
    for some in holders.values():
        shared.update(_pairs(some))
    yield from (pair for pair, n in shared.items() if n >= policy.shared_sentences)


def _pairs(some: Sequence[str]) -> Iterable[tuple[str, str]]:
    if len(some) <= _SMALL_BUCKET:
        return itertools.combinations(some, 2)
    return {*itertools.pairwise(some), *((some[0], other) for other in some[1:])}


def jaccard(one: Shingles, other: Shingles) -> tuple[float, float]:
    """Return the share of the shingles of both together, and of the shorter, that stand in both."""
    if not len(one) or not len(other):
        return 0.0, 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both), both / min(len(one), len(other))


def compare(one: str, other: str, texts: Mapping[str, _Text], policy: FamilyPolicy) -> Link | None:
    """Return why two articles are of one family, or None."""
    a, b = texts[one], texts[other]
    shared, contained = jaccard(a.shingles, b.shingles)
    long = {s for s in set(a.sentences) & set(b.sentences) if s.count(" ") + 1 >= policy.sentence_words}
    words = sum(s.count(" ") + 1 for s in long)
    shorter = min(sum(s.count(" ") + 1 for s in text.sentences) for text in (a, b))
    detail = f"{shared:.2f} of the shingles shared, {len(long)} sentences ({words} words)"
    enough = min(len(a.shingles), len(b.shingles)) >= policy.min_shingles
    if enough and (shared >= policy.shared or contained >= policy.contained):
        return Link.of(one, other, shared, detail)
    if (
        len(long) >= policy.shared_sentences
        and words >= policy.shared_words
        and words >= policy.shared_sentence_words * shorter
    ):
        return Link.of(one, other, shared, detail)
    return None


def _families(
    articles: pa.Table,
    links: Sequence[Link],
    texts: Mapping[str, _Text],
    same: Mapping[str, Sequence[str]],
    policy: FamilyPolicy,
) -> dict[str, Family]:
    ids = articles["article_id"].to_pylist()
    published = dict(zip(ids, articles["published"].to_pylist(), strict=True))
    order = {one: (published[one] or date.max, one) for one in ids}
    rank = {one: i for i, one in enumerate(sorted(ids, key=order.__getitem__))}
    heads = cluster("articles", rank, links).rows
    best: dict[str, Link] = {}
    for link in sorted(links):
        best.setdefault(link.first, link)
        best.setdefault(link.second, link)
    first = {one: head for head, group in same.items() for one in group}
    families: dict[str, list[str]] = defaultdict(list)
    for one in sorted(ids, key=rank.__getitem__):
        families[heads[one] or one].append(one)
    found: dict[str, Family] = {}
    for family_id, members in families.items():
        originals: list[str] = []
        for one in members:
            mine = texts[first[one]].shingles
            repeated = next(
                (
                    old
                    for old in originals
                    if first[old] == first[one] or jaccard(mine, texts[first[old]].shingles)[0] >= policy.repeats
                ),
                None,
            )
            if repeated is None:
                originals.append(one)
            closest = best.get(one)
            other = "" if closest is None else closest.second if closest.first == one else closest.first
            found[one] = Family(family_id, None if closest is None else f"{closest.detail} with {other}", repeated)
    return found
