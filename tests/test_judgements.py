"""Judgements: read, refused with a message, written without touching what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.errors import ConfigError
from pipeline.judgements import Judgement, add_judgement, judgement, load_judgements

SAME = "- {verdict: same, ids: [org_1, org_2], reason: renamed}\n"


def test_no_file_is_no_judgement(tmp_path: Path) -> None:
    assert load_judgements(tmp_path / "judgements.yml") == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- {verdict: alike, ids: [org_1, org_2], reason: x}", "verdict"),
        ("- {verdict: same, ids: [org_1], reason: x}", "two different ids"),
        ("- {verdict: same, ids: [org_1, pla_1], reason: x}", "one table"),
        ("- {verdict: not_a_record, ids: [art_1], reason: x}", "one table"),
        ("- {verdict: same, ids: [org_1, org_2]}", "reason"),
        ("- {verdict: same, ids: [org_1, org_2], reason: x, by: me}", "by"),
        (SAME + "- {verdict: different, ids: [org_2, org_1], reason: x}", "both same and different"),
        ("verdict: same", "judgements.yml"),
    ],
)
def test_wrong_judgements_are_refused(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "judgements.yml"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=message):
        load_judgements(file)


def test_adding_keeps_comments_and_refuses_contradictions(tmp_path: Path) -> None:
    file = tmp_path / "judgements.yml"
    file.write_text(f"# by the desk\n{SAME}", "utf-8")
    dropped = Judgement(verdict="not_a_record", ids=("agr_1",), reason='a "headline": no treaty')
    add_judgement(file, dropped)
    text = file.read_text("utf-8")
    assert text.startswith(f"# by the desk\n{SAME}")
    assert load_judgements(file)[1] == dropped
    with pytest.raises(ConfigError, match="both same and different"):
        add_judgement(file, Judgement(verdict="different", ids=("org_1", "org_2"), reason="no"))
    assert file.read_text("utf-8") == text


def test_the_command_writes_a_judgement_and_refuses_wrong_ids(tmp_path: Path) -> None:
    file = tmp_path / "judgements.yml"
    words = ["judge", "same", "org_1", "org_2", "--reason", "renamed", "--file", str(file)]
    assert CliRunner().invoke(main, words).exit_code == 0
    assert load_judgements(file) == (Judgement(verdict="same", ids=("org_1", "org_2"), reason="renamed"),)
    with pytest.raises(ConfigError, match="two different ids"):
        judgement("same", ("org_1",), "renamed")
