"""The engine and the cache: order, one building per worker, results by content."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.cache import Cache
from pipeline.engine import run_batches
from pipeline.errors import ClaimledgerError
from pipeline.fingerprints import fingerprint
from pipeline.records import RawArticle, Reject


def build_square() -> Callable[[int], tuple[int, int]]:
    return lambda number: (number * number, os.getpid())


def build_death() -> Callable[[int], int]:
    return lambda number: os._exit(9)


@pytest.mark.parametrize("workers", [1, 2])
def test_results_keep_the_order_of_the_items(workers: int) -> None:
    results = list(run_batches(range(50), build=build_square, workers=workers, batch_size=3))
    assert [square for square, _ in results] == [n * n for n in range(50)]
    assert ({pid for _, pid in results} == {os.getpid()}) is (workers == 1)


def test_a_dead_worker_is_an_error() -> None:
    with pytest.raises(ClaimledgerError, match="worker process died"):
        list(run_batches(range(4), build=build_death, workers=2, batch_size=1))


ARTICLE = RawArticle("a.txt", b"Text.", "text/plain", "ab" * 32, {"url": "u"})
RESULT = Reject("a.txt", None, "clean", "language", "de")


@pytest.mark.parametrize(
    ("cache_word", "article", "hit"),
    [
        ("x", ARTICLE, True),
        ("y", ARTICLE, False),
        ("x", replace(ARTICLE, sha256="cd" * 32), False),
        ("x", replace(ARTICLE, source="b.txt"), False),
        ("x", replace(ARTICLE, metadata={}), False),
    ],
)
def test_cache_answers_for_the_same_content_only(
    cache_word: str, article: RawArticle, hit: bool, tmp_path: Path
) -> None:
    Cache(tmp_path, "x").put(ARTICLE, RESULT)
    assert Cache(tmp_path, cache_word).get(article) == (RESULT if hit else None)


def test_fingerprint_follows_content(tmp_path: Path) -> None:
    file = tmp_path / "rules.yml"
    file.write_text("a")
    before = fingerprint([file], "settings")
    assert before == fingerprint([file], "settings")
    file.write_text("b")
    assert fingerprint([file], "settings") != before


def test_a_damaged_or_outdated_result_is_not_used(tmp_path: Path) -> None:
    old, new = Cache(tmp_path, "x" * 64), Cache(tmp_path, "y" * 64)
    old.put(ARTICLE, RESULT)
    new.put(ARTICLE, RESULT)
    new.drop_others()
    assert (old.get(ARTICLE), new.get(ARTICLE)) == (None, RESULT)
    new.path(ARTICLE).write_bytes(new.path(ARTICLE).read_bytes()[:-9])
    assert new.get(ARTICLE) is None
