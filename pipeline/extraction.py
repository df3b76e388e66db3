"""One article in memory → its records, as the validated rows of the tables; nothing is written."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.ledger import Ledger, Worked
from pipeline.read import read_bytes
from pipeline.records import MediaType, RawArticle, Reject
from pipeline.run import article_work, resolve
from pipeline.tables import TABLES, Row, check, to_rows

_SUFFIXES: dict[str, str] = {"text/plain": ".txt", "text/markdown": ".md", "text/html": ".html"}
_DEFAULT = Settings()


def extract(
    text_or_bytes: str | bytes,
    media_type: MediaType = "text/plain",
    published: date | str | None = None,
    source: str | None = None,
    *,
    settings: Settings = _DEFAULT,
) -> dict[str, list[Row]]:
    """Return the records of one article, table by table, checked as those of a run are.

    Args:
        text_or_bytes: the article; text counts as its UTF-8 bytes, so raw offsets are bytes of these.
        media_type: `text/plain`, `text/markdown` or `text/html`.
        published: day of publication, a date or `YYYY-MM-DD`; relative dates ("last year") are counted from it.
        source: name of the article in the tables.
        settings: as for a run; only what the stages of one article read matters.

    Returns:
        Every table of TABLES; an article that cannot be used is a row in `rejects`.

    Raises:
        ConfigError: the media type is unknown, `published` is no date, or the set-up is broken.
    """
    if media_type not in _SUFFIXES:
        raise ConfigError(f"media_type: {media_type!r} is not one of {', '.join(_SUFFIXES)}")
    raw = text_or_bytes.encode("utf-8", "surrogatepass") if isinstance(text_or_bytes, str) else text_or_bytes
    article = read_bytes(raw, source=source or f"extract{_SUFFIXES[media_type]}", media_type=media_type)
    if published is not None:
        article = RawArticle(article.source, raw, media_type, article.sha256, {"published": _day(published)})
    ledger = Ledger()
    tables = resolve(ledger.keep([_work(settings)(article)]), settings=settings, ledger=ledger)
    check(tables, TABLES, raw_of=lambda _: raw)
    return {table.name: to_rows(table, tables[table.name]) for table in TABLES}


@functools.lru_cache(maxsize=2)  # rules and model are loaded once
def _work(settings: Settings) -> Callable[[RawArticle | Reject], Worked]:
    return article_work(settings, None)


def _day(published: date | str) -> str:
    try:
        return (published if isinstance(published, date) else date.fromisoformat(published)).isoformat()
    except ValueError as error:
        raise ConfigError(f"published: {published!r} is not YYYY-MM-DD") from error
