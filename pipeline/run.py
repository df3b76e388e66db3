"""The way of the data on one page: read, clean, segment, parse, recognize, relate; dedupe, tabulate, check, write."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.cache import Cache
from pipeline.clean import clean_article
from pipeline.columns import to_columns
from pipeline.config import Settings
from pipeline.dedupe import dedupe, load_policy
from pipeline.engine import run_batches
from pipeline.errors import ConfigError, InputError
from pipeline.fingerprints import fingerprints
from pipeline.judgements import load_judgements
from pipeline.ledger import Clock, Ledger, Worked
from pipeline.manifest import build_manifest
from pipeline.parse import parse_article
from pipeline.read import read
from pipeline.recognize import recognize_article
from pipeline.records import RawArticle, Reject, Related
from pipeline.relate import relate_article
from pipeline.segment import segment_article
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, check, tabulate
from pipeline.tools import Tools, load_tools
from pipeline.write import write

_log = logging.getLogger("claimledger")
Watch = Callable[[Iterable[Worked], Path], Iterable[Worked]]


def run(settings: Settings, *, watch: Watch = lambda worked, raw: worked) -> dict[str, Any]:
    """Turn the articles of `settings.raw` into the tables of `settings.out`; return the manifest.

    Args:
        watch: passes the results through, showing how far the run is.

    Raises:
        ConfigError: there is no such folder, or rules or model are broken.
        IntegrityError: the tables do not hold; nothing was replaced.
    """
    if not settings.raw.is_dir():
        raise ConfigError(f"{settings.raw}: no such folder")
    ledger, hashes = Ledger(), fingerprints(settings)
    cache = Cache(settings.out / ".cache", hashes["articles"])
    cache.drop_others()
    build = functools.partial(article_work, settings, cache)
    offered = read([settings.raw], root=settings.raw, settings=settings.read)
    worked = run_batches(offered, build=build, workers=settings.workers, batch_size=settings.batch_size)
    tables = resolve(ledger.keep(watch(worked, settings.raw)), settings=settings, ledger=ledger)
    with ledger.clock.timed("check"):
        ledger.balance(tables["articles"].num_rows)
        check(tables, TABLES, raw_of=functools.partial(raw_bytes, settings.raw))
    rows = {name: table.num_rows for name, table in tables.items()}
    manifest = functools.partial(build_manifest, ledger, settings=settings, hashes=hashes, rows=rows)
    return write(tables, settings.out, manifest=lambda found: manifest(tables=found))


def article_work(
    settings: Settings, cache: Cache | None, clock: Callable[[], Clock] = Clock
) -> Callable[[RawArticle | Reject], Worked]:
    """Build what a worker does with one article; rules and model are loaded for the first one that is not cached."""
    tools = functools.cache(functools.partial(load_tools, settings))

    def work(offered: RawArticle | Reject) -> Worked:
        if isinstance(offered, Reject):
            return Worked(offered, {})
        if cache is not None and (kept := cache.get(offered)) is not None:
            return Worked(kept, {})
        stages = clock()
        try:
            result: Related | Reject = one_article(offered, tools=tools(), clock=stages)
        except InputError as error:
            result = Reject(offered.source, offered.sha256, error.stage, error.code, error.message)
        if cache is not None:
            cache.put(offered, result)
        return Worked(result, stages.seconds)

    return work


def one_article(raw: RawArticle, *, tools: Tools, clock: Clock) -> Related:
    """Take one article through its stages."""
    with clock.timed("clean"):
        cleaned = clean_article(raw, rules=tools.residue)
    with clock.timed("segment"):
        segmented = segment_article(cleaned)
    with clock.timed("parse"):
        parsed = parse_article(segmented, nlp=tools.nlp, model=tools.model)
    with clock.timed("recognize"):
        recognized = recognize_article(parsed, resources=tools.resources)
    with clock.timed("relate"):
        return relate_article(recognized, rules=tools.relations)


def resolve(related: Iterable[Related], *, settings: Settings, ledger: Ledger) -> dict[str, pa.Table]:
    """Turn the records of all articles into tables: merged, counted, cast, sorted."""
    with ledger.clock.timed("articles"):
        columns = to_columns(related)
    with ledger.clock.timed("dedupe"):
        judgements = load_judgements(settings.judgements)
        resolved = dedupe(columns, policy=load_policy(), judgements=judgements)
    for judgement in resolved.unused_judgements:
        _log.warning("%s: no record fits %s", settings.judgements, ", ".join(judgement.ids))
    with ledger.clock.timed("tabulate"):
        return tabulate(resolved.tables, rejects=ledger.rejects)
