"""The whole way of the data on one page: read, clean, segment, tabulate, check, write."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from pipeline.cache import Cache, fingerprint
from pipeline.clean import clean_article, load_rules
from pipeline.config import Settings
from pipeline.engine import run_batches
from pipeline.errors import ConfigError, InputError
from pipeline.ledger import Ledger
from pipeline.manifest import build_manifest
from pipeline.read import read
from pipeline.records import RawArticle, Reject, Segmented
from pipeline.segment import segment_article
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, arrow_schema, check, tabulate
from pipeline.tables.loose import to_columns
from pipeline.write import write

PACKAGE = Path(__file__).parent
Offered = RawArticle | Reject
Done = Segmented | Reject
Watch = Callable[[Iterable[Done], Path], Iterable[Done]]


def run(settings: Settings, *, watch: Watch = lambda results, raw: results) -> dict[str, Any]:
    """Turn the articles of `settings.raw` into the tables of `settings.out`; return the manifest.

    Args:
        watch: passes the results through, showing how far the run is.

    Raises:
        ConfigError: there is no such folder, or a rule is wrong.
        IntegrityError: the tables do not hold; nothing was replaced.
    """
    if not settings.raw.is_dir():
        raise ConfigError(f"{settings.raw}: no such folder")
    ledger = Ledger()
    hashes = {"code": fingerprint(PACKAGE.rglob("*.py")), "rules": fingerprint(PACKAGE.glob("rules/**/*.yml"))}
    cache = Cache(settings.out / ".cache", fingerprint([], *hashes.values()))
    with ledger.timed("articles"):
        offered = read([settings.raw], root=settings.raw, settings=settings.read)
        build = functools.partial(article_work, cache)
        results = run_batches(offered, build=build, workers=settings.workers, batch_size=settings.batch_size)
        columns = to_columns(ledger.keep(watch(results, settings.raw)))
    with ledger.timed("tabulate"):
        unmade = {t.name: arrow_schema(t).empty_table() for t in TABLES if t.name not in (*columns, "rejects")}
        tables = tabulate({**columns, **unmade}, rejects=ledger.rejects)
    with ledger.timed("check"):
        ledger.balance(tables["articles"].num_rows)
        check(tables, TABLES, raw_of=functools.partial(raw_bytes, settings.raw))
    rows = {name: table.num_rows for name, table in tables.items()}
    return write(
        tables,
        settings.out,
        manifest=lambda found: build_manifest(ledger, settings=settings, hashes=hashes, tables=found, rows=rows),
    )


def article_work(cache: Cache) -> Callable[[Offered], Done]:
    """Build what a worker does with one article: clean and segment it, unless the result is at hand."""
    rules = load_rules()

    def work(offered: Offered) -> Done:
        if isinstance(offered, Reject):
            return offered
        result = cache.get(offered)
        if result is None:
            try:
                result = segment_article(clean_article(offered, rules=rules))
            except InputError as error:
                result = Reject(offered.source, offered.sha256, error.stage, error.code, error.message)
            cache.put(offered, result)
        return result

    return work
