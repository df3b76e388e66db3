"""Columns: every record and every quote of the articles, with offsets into text and bytes."""

from __future__ import annotations

import pyarrow as pa

from pipeline.columns import SCHEMAS, to_columns
from tests.quality.echo_corpus import echo_corpus


def test_records_and_quotes_stand_where_the_columns_say() -> None:
    echoes = echo_corpus(30)
    columns = to_columns(iter(echoes.articles))
    texts = {one.article.article_id: one.article.text for one in echoes.articles}
    raws = {one.article.article_id: one.article.raw for one in echoes.articles}
    assert columns["claims"].num_rows == sum(len(one.propositions) for one in echoes.articles) > 30
    assert columns["units"].num_rows == sum(len(one.units) for one in echoes.articles)
    for row in columns["evidence"].to_pylist():
        text = texts[row["article_id"]]
        assert text[row["start"] : row["end"]] == row["quote"]
        assert raws[row["article_id"]][row["raw_start"] : row["raw_end"]].decode() == row["quote"]
        assert text[: row["start"]].endswith(row["prefix"])
        assert text[row["end"] :].startswith(row["suffix"])


def test_batches_do_not_show() -> None:
    articles = echo_corpus(230).articles  # more than one batch
    together = to_columns(articles)
    parts = [to_columns(articles[:7]), to_columns(articles[7:])]
    for name, table in together.items():
        assert table.equals(pa.concat_tables(part[name] for part in parts))


def test_no_articles_give_empty_tables() -> None:
    columns = to_columns(())
    assert {name: table.num_rows for name, table in columns.items()} == dict.fromkeys(
        ("articles", "units", *SCHEMAS), 0
    )
