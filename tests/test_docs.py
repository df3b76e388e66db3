"""The README is true: its commands run, its Python runs, its outputs are those, its generated parts are up to date."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli import main
from pipeline.config import Settings
from pipeline.dictionary import filled
from pipeline.run import run
from pipeline.tables import TABLES

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def lines(prefix: str) -> list[str]:
    return [line for block in blocks("sh") for line in block.splitlines() if line.split()[0] == prefix]


@pytest.fixture
def place(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder like a checkout after `make run`."""
    shutil.copytree(sample.parent, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_generated_parts_are_up_to_date() -> None:
    assert filled(README) == README, "run `make readme`"


def test_nothing_is_left_to_fill_in() -> None:
    assert "@@" not in README
    assert "TODO" not in README


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_stands_in_the_readme(command: str) -> None:
    assert f"| `claimledger {command}` |" in README


@pytest.mark.parametrize("line", lines("make"))
def test_every_target_is_there(line: str) -> None:
    done = subprocess.run([*shlex.split(line), "-n"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_every_reject_code_is_explained() -> None:
    source = "\n".join(file.read_text("utf-8") for file in sorted((ROOT / "pipeline").rglob("*.py")))
    raised = re.findall(r"InputError\(\s*\"(\w+)\"", source) + re.findall(r"\breject\(\"(\w+)\"", source)
    assert set(raised) >= {"gzip", "json", "language"}
    for code in raised:
        assert f"| `{code}` |" in README


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("line", lines("claimledger"))
def test_every_command_line_runs(line: str, place: Path) -> None:
    args = shlex.split(line)[1:]
    files = [path for arg in args for path in (sorted(map(str, place.glob(arg))) if "*" in arg else [arg])]
    result = CliRunner().invoke(main, files)
    assert result.exit_code in (0, 2 if args[0] == "run" else 0), result.output
    assert result.output


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("block", blocks("console"))
def test_outputs_are_those(block: str, place: Path) -> None:
    command, _, wanted = block.partition("\n")
    assert command.startswith("$ claimledger ")
    assert CliRunner().invoke(main, shlex.split(command)[2:]).output == wanted


@pytest.mark.slow
@pytest.mark.model
@pytest.mark.parametrize("block", blocks("python"))
def test_python_runs(block: str, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(block, "README.md", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.slow
@pytest.mark.model
def test_adding_an_article_works_on_that_one_only_and_keeps_every_id(place: Path) -> None:
    before = {row for name in TABLES if name.key for row in _keys(name.name)}
    (place / "raw" / "new.txt").write_text(
        "The Harbour Pact\n\nNorland and Sudmark signed the Harbour Pact in May 1994.\n" * 2
    )
    counts = run(Settings(workers=1))["counts"]
    assert counts["cached"] == counts["offered"] - counts["rows"]["rejects"] - 1
    assert len(before - {row for name in TABLES if name.key for row in _keys(name.name)}) == 0


def _keys(table: str) -> list[str]:
    import pyarrow.parquet as pq

    spec = next(spec for spec in TABLES if spec.name == table)
    keys: list[str] = pq.read_table(f"processed/{table}.parquet")[spec.key].to_pylist()
    return keys
