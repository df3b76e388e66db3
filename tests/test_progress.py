"""What a run says while it works and when it is done."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import pytest

from pipeline import progress
from pipeline.progress import summary, watch


def test_a_log_gets_plain_lines(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "_EVERY", 0.0)
    with caplog.at_level(logging.INFO, logger="claimledger"):
        assert list(watch(iter("abc"), tmp_path)) == ["a", "b", "c"]
    assert caplog.messages[0] == f"reading {tmp_path}"
    assert caplog.messages[-2].startswith("3 articles, ")


@pytest.mark.parametrize(("names", "total"), [(("a.txt", "b.md"), "/2 "), (("a.txt", "b.jsonl"), "articles/s")])
def test_a_terminal_gets_a_bar_with_the_time_left(
    names: tuple[str, ...],
    total: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in names:
        (tmp_path / name).touch()
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    assert list(watch(iter("ab"), tmp_path)) == ["a", "b"]
    assert total in capsys.readouterr().err


def test_the_summary_counts_what_came_and_went(processed: Path) -> None:
    rows = {"articles": 1, "claims": 1200, "rejects": 1}
    counts = {"offered": 2, "cached": 1, "rows": rows}
    lines = list(summary({"counts": counts, "seconds": {"articles": 0.5}}, processed))
    assert lines[0] == "2 inputs → 1 articles (1 unchanged), 1 rejects"
    assert [line.split() for line in lines[1:3]] == [["claims", "1,200"], ["rejected:", "empty", "1"]]
    assert lines[-1].startswith("9 words in 0.5 s (18 words/s)")
