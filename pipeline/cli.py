"""The command line: parse, call, print. Exit codes: 0 all used, 1 wrong use or broken set-up, 2 some rejected."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Any

import click

from pipeline.bench import bench
from pipeline.config import load_settings
from pipeline.dictionary import dictionary
from pipeline.errors import ClaimledgerError
from pipeline.explain import explain, rule_report, why_not
from pipeline.ingest import ingest
from pipeline.judgements import Verdict, add_judgement, judgement
from pipeline.progress import summary, watch
from pipeline.run import run
from pipeline.show import show
from pipeline.verify import verify
from pipeline.version import __version__

_FOLDER = click.Path(path_type=Path, file_okay=False)


class Commands(click.Group):
    """The group of all commands; an error made on purpose becomes one line and exit code 1, and so does wrong use."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run, turning errors into messages and exit codes."""
        try:
            code = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.ClickException as error:
            error.show()
            sys.exit(1)
        except click.Abort:
            click.echo("stopped", err=True)
            sys.exit(1)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader, such as `head`, has enough
            sys.exit(0)
        except ClaimledgerError as error:
            click.echo(f"claimledger: {error}", err=True)
            sys.exit(1)
        sys.exit(code if isinstance(code, int) else 0)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="claimledger")
def main() -> None:
    """Articles in; tables of organizations, places, dates, agreements and claims out, each value with its source.

    \b
    Exit codes: 0 all inputs used
                1 wrong use or broken set-up
                2 some inputs rejected (see rejects.parquet)
    """


@main.command("run")
@click.option("--raw", type=_FOLDER, help="Folder of the raw articles.  [default: raw]")
@click.option("--out", type=_FOLDER, help="Folder the tables are written to.  [default: processed]")
@click.option("--workers", type=int, help="Worker processes; 0: one for each core.  [default: 0]")
@click.option("--lexicon/--no-lexicon", "lexicon", default=None, help="Whether lexicons are read.  [default: lexicon]")
@click.option("--model", help="A spaCy pipeline of your own, package or folder.  [default: the one that ships]")
def run_command(
    raw: Path | None, out: Path | None, workers: int | None, lexicon: bool | None, model: str | None
) -> int:
    """Turn the articles of raw/ into the tables of processed/.

    \b
    Examples:
      claimledger run
      claimledger run --raw articles --out tables --workers 2
      claimledger run --no-lexicon --out without
      claimledger run --model my_pipeline
    """
    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    logging.getLogger("claimledger").setLevel(logging.INFO)
    settings = load_settings(raw=raw, out=out, workers=workers, use_lexicon=lexicon, model=model)
    manifest = run(settings, watch=watch)
    for line in summary(manifest, settings.out):
        click.echo(line)
    return 2 if manifest["counts"]["rows"]["rejects"] else 0


@main.command("ingest")
@click.argument("sources", nargs=-1, required=True, metavar="SRC…")
@click.option("--raw", type=_FOLDER, help="Folder to copy into.  [default: raw]")
def ingest_command(sources: tuple[str, ...], raw: Path | None) -> int:
    """Copy articles into raw/: files, folders, globs, or addresses.

    \b
    Nothing in raw/ is ever overwritten with different content.
    Examples:
      claimledger ingest ~/articles
      claimledger ingest 'export/*.html' notes.jsonl.gz
      claimledger ingest https://example.org/article.html
    """
    settings = load_settings(raw=raw)
    refused = 0
    for done in ingest(sources, raw=settings.raw, max_bytes=settings.read.max_bytes):
        refused += done.outcome == "refused"
        reason = f"  ({done.reason})" if done.reason else ""
        click.echo(f"{done.outcome:<8} {done.source} → {done.target or '-'}{reason}")
    return 2 if refused else 0


@main.command("verify")
@click.argument("processed", type=_FOLDER, required=False)
@click.option("--raw", type=_FOLDER, help="Folder of the raw articles.  [default: raw]")
def verify_command(processed: Path | None, raw: Path | None) -> None:
    """Check the tables against each other and every quote against the raw files.

    \b
    Example:
      claimledger verify processed
    """
    settings = load_settings(out=processed, raw=raw)
    rows = verify(settings.out, raw=settings.raw)
    click.echo(
        f"{settings.out}: all holds: {rows['evidence']} quotes of {rows['articles']} articles stand in their files"
    )


@main.command("show")
@click.argument("record_id", metavar="ID")
@click.option("--out", type=_FOLDER, help="Folder of the tables.  [default: processed]")
def show_command(record_id: str, out: Path | None) -> None:
    """Show a record and each place it stands, with carets under the words.

    \b
    Example:
      claimledger show agr_0123456789abcdef
    """
    for line in show(record_id, processed=load_settings(out=out).out):
        click.echo(line)


@main.command("judge")
@click.argument("verdict", type=click.Choice(["same", "different", "not_a_record"]))
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
@click.option("--reason", required=True, help="Why; it is shown with what the judgement decided.")
@click.option("--file", "file", type=click.Path(path_type=Path, dir_okay=False), help="[default: judgements.yml]")
def judge_command(verdict: Verdict, ids: tuple[str, ...], reason: str, file: Path | None) -> None:
    """Write down what you decided about records; the next run obeys.

    \b
    Examples:
      claimledger judge same org_0123456789abcdef org_fedcba9876543210 --reason "renamed in 1998"
      claimledger judge not_a_record agr_0123456789abcdef --reason "a headline"
    """
    where = file or load_settings().judgements
    add_judgement(where, judgement(verdict, ids, reason))
    click.echo(f"{where}: {verdict} {' '.join(ids)}; the next run obeys")


@main.command("tables")
def tables_command() -> None:
    """Print the schema of every table, as Markdown.

    \b
    Example:
      claimledger tables
    """
    for line in dictionary():
        click.echo(line)


@main.command("bench")
@click.option("--raw", type=_FOLDER, help="Folder of the raw articles.  [default: raw]")
def bench_command(raw: Path | None) -> None:
    """Measure words a second and peak memory of each stage, in one process and without the cache.

    \b
    Example:
      claimledger bench --raw raw/sample
    """
    for line in bench(load_settings(raw=raw)):
        click.echo(line)


@main.command("explain")
@click.argument("record_id", metavar="ID")
@click.option("--out", type=_FOLDER, help="Folder of the tables.  [default: processed]")
def explain_command(record_id: str, out: Path | None) -> None:
    """Name the rules, words and arcs behind a record.

    \b
    Example:
      claimledger explain clm_0123456789abcdef
    """
    settings = load_settings(out=out)
    for line in explain(record_id, processed=settings.out, model=settings.model):
        click.echo(line)


@main.command("why-not")
@click.argument("sentence")
def why_not_command(sentence: str) -> None:
    """Say what is read in a sentence, and what was nearly read.

    \b
    Example:
      claimledger why-not "Cooperation is more vital than ever."
    """
    for line in why_not(sentence, settings=load_settings()):
        click.echo(line)


@main.command("rules")
@click.option("--out", type=_FOLDER, help="Folder of the tables.  [default: processed]")
def rules_command(out: Path | None) -> None:
    """Report what each rule did in a run: fired, overlaps, conflicts, share of the specific claims.

    \b
    Example:
      claimledger rules --out processed
    """
    for line in rule_report(load_settings(out=out).out):
        click.echo(line)
