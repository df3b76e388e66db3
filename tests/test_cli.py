"""The commands: what they print, what they change, how they exit."""

from __future__ import annotations

import http.server
import re
import threading
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli import main
from pipeline.frames import load
from pipeline.ids import stable_id
from pipeline.ingest import url_name
from tests.corpus import SENTENCE, SOURCE


def call(*args: object) -> Result:
    return CliRunner().invoke(main, [str(arg) for arg in args])


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = call(command, "--help")
    assert result.exit_code == 0
    assert f"claimledger {command}" in result.output


@pytest.mark.parametrize("args", [["bogus"], ["show"], ["verify", "nowhere"], ["ingest", "no/such/file"]])
def test_wrong_use_exits_with_1(args: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(*args).exit_code == 1


def test_a_wrong_setting_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.pipeline]\nbatch_sise = 3\n")
    monkeypatch.chdir(tmp_path)
    result = call("verify")
    assert result.exit_code == 1
    assert "tool.pipeline.batch_sise" in result.output


def test_ingest_adds_keeps_and_refuses(tmp_path: Path) -> None:
    source, raw = tmp_path / "note.txt", tmp_path / "raw"
    source.write_text("One.")
    assert call("ingest", source, "--raw", raw).output.startswith("added")
    assert call("ingest", source, "--raw", raw).output.startswith("same")
    source.write_text("Two.")
    result = call("ingest", source, "--raw", raw)
    assert (result.exit_code, result.output[:7]) == (2, "refused")
    assert (raw / "note.txt").read_text() == "One."


def test_ingest_takes_folders_and_globs(tmp_path: Path) -> None:
    folder, raw = tmp_path / "export", tmp_path / "raw"
    (folder / "deep").mkdir(parents=True)
    (folder / "deep" / "loop").symlink_to(folder)
    for name in ("a.txt", "deep/b.md", "skipped.pdf"):
        (folder / name).write_text(name)
    assert call("ingest", folder, "--raw", raw).exit_code == 0
    assert sorted(str(p.relative_to(raw)) for p in raw.rglob("*") if p.is_file()) == [
        "export/a.txt",
        "export/deep/b.md",
    ]
    assert call("ingest", f"{folder}/*.txt", "--raw", raw).exit_code == 0
    assert (raw / "a.txt").exists()


def test_ingest_fetches_an_address(tmp_path: Path) -> None:
    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.end_headers()
            self.wfile.write(b"<p>Page</p>")

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    result = call("ingest", f"http://127.0.0.1:{server.server_port}/a/page.html?x=1", "--raw", tmp_path)
    server.shutdown()
    server.server_close()
    assert result.exit_code == 0, result.output
    (file,) = tmp_path.rglob("*.html")
    assert file.read_bytes() == b"<p>Page</p>"


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://Example.org/", "example.org/index.html"),
        ("https://example.org/a/b.html", "example.org/a-b.html"),
        ("https://example.org/../../etc/x?y=..", "example.org/etc-x-y.html"),
    ],
)
def test_addresses_have_stable_plain_names(address: str, name: str) -> None:
    assert str(url_name(address, ".html")) == name


def test_verify_holds_and_fails_loudly(processed: Path, raw: Path) -> None:
    good = call("verify", processed, "--raw", raw)
    assert (good.exit_code, "all holds" in good.output) == (0, True), good.output
    (raw / SOURCE).write_text("Edited.")
    bad = call("verify", processed, "--raw", raw)
    assert bad.exit_code == 1
    assert SOURCE in bad.output


def test_verify_finds_an_exchanged_table(processed: Path, raw: Path) -> None:
    (processed / "places.parquet").write_bytes((processed / "dates.parquet").read_bytes())
    assert "places.parquet is not the file" in call("verify", processed, "--raw", raw).output


def test_show_puts_carets_under_the_quote(processed: Path) -> None:
    lines = call("show", stable_id("places", "Norland"), "--out", processed).output.splitlines()
    at = lines.index(f"    {SENTENCE}")
    assert lines[at + 1] == "    ^^^^^^^"


def test_show_follows_merged_ids(processed: Path) -> None:
    output = call("show", stable_id("organizations", "council"), "--out", processed).output
    assert "is now" in output
    assert "Harbour Council" in output


def test_show_refuses_an_unknown_id(processed: Path) -> None:
    assert call("show", "pla_0000000000000000", "--out", processed).exit_code == 1


def test_load_joins_evidence_with_its_sentence(processed: Path) -> None:
    tables = load(processed)
    where = tables.where(stable_id("organizations", "council"))
    assert where[["quote", "sentence", "source"]].values.tolist() == [["Harbour Council", SENTENCE, SOURCE]]


def test_a_model_that_is_not_there_is_named(raw: Path) -> None:
    result = call("run", "--raw", raw, "--model", "en_of_nobody")
    assert result.exit_code == 1
    assert "en_of_nobody" in result.output


@pytest.mark.slow
def test_bench_measures_every_stage(raw: Path) -> None:
    (raw / "broken.txt").write_bytes(b"")
    result = call("bench", "--raw", raw)
    assert result.exit_code == 0, result.output
    *stages, own, plain, dates, _, _, txt, md, page = result.output.splitlines()[2:]
    assert re.fullmatch(r"the model alone: [\d,]+ words/s of one core", own)
    assert re.fullmatch(r"a plain CNN \(.*\): [\d,]+ words/s", plain)
    assert re.fullmatch(r"dates alone: [\d,]+ words/s of one core", dates)
    assert all(re.fullmatch(r"text/\w+ +\d+\.\d\d +\d+\.\dx", line) for line in (txt, md, page))
    lines = {line.split()[0]: line.split()[1:] for line in stages}
    assert {"read", "clean", "segment", "tabulate", "check", "all"} <= set(lines)
    assert all(float(figures[-1].replace(",", "")) > 10 for figures in lines.values())


def test_bench_without_articles_is_wrong_use(tmp_path: Path) -> None:
    assert call("bench", "--raw", tmp_path).exit_code == 1
