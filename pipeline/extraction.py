"""One article in memory → its records, as the validated rows of the tables; nothing is written."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from pipeline.config import Settings
from pipeline.errors import ConfigError
from pipeline.ledger import Ledger, Worked
from pipeline.read import read_bytes
from pipeline.recognize.dates import find_dates, load_grammar
from pipeline.records import DateType, MediaType, Modifier, RawArticle, Reject
from pipeline.run import article_work, resolve
from pipeline.sentences import split
from pipeline.tables import TABLES, Row, check, to_rows

_SUFFIXES: dict[str, str] = {"text/plain": ".txt", "text/markdown": ".md", "text/html": ".html"}
_DEFAULT = Settings()


@dataclass(frozen=True, slots=True)
class Timex:
    """One temporal expression as TIMEX3 annotates it; `text` is `source[start:end]`."""

    start: int
    end: int
    text: str
    type: DateType
    value: str
    modifier: Modifier | None
    anchor: str | None  # what placed a relative one: `published=…`, or `text=<value>@<sentence>:<start>-<end>`
    rule_id: str

    @property
    def mod(self) -> str | None:
        """The modifier as TIMEX3 names it (START, MID, END, APPROX, BEFORE, AFTER)."""
        return None if self.modifier is None else _MODS[self.modifier]


_MODS: dict[Modifier, str] = {
    "early": "START", "mid": "MID", "late": "END", "circa": "APPROX", "before": "BEFORE", "after": "AFTER",
}  # fmt: skip


def timexes(text: str, published: date | str | None = None) -> list[Timex]:
    """Return every temporal expression of a plain text, needing no model.

    More than the table `dates` holds: also vague times (`PAST_REF`), what nothing places (`XXXX-WXX-1`), and both ends
    of a range apart. The table keeps what a calendar places, durations and sets.

    Raises:
        ConfigError: `published` is no date.
    """
    spans = [
        (line_start + start, line_start + end)
        for line_start, line in _paragraphs(text)
        for start, end in split(line.replace("\n", " "))
    ]
    day = None if published is None else date.fromisoformat(_day(published))
    units = [text[start:end] for start, end in spans]
    return [
        Timex(
            spans[one.unit][0] + one.start, spans[one.unit][0] + one.end, one.text, one.value.type, one.value.timex,
            one.value.modifier, one.anchor, one.rule_id,
        )
        for one in find_dates(units, published=day, grammar=load_grammar(), keep_unresolved=True)
    ]  # fmt: skip


def _paragraphs(text: str) -> list[tuple[int, str]]:
    return [(match.start(), match[0]) for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


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
