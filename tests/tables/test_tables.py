"""The tables: schema from the model, wrong values and broken proofs refused."""

from __future__ import annotations

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from pipeline.errors import IntegrityError
from pipeline.sources import raw_bytes
from pipeline.tables import TABLES, arrow_schema, check, tabulate, to_rows
from pipeline.tables.rendering import leftover, stands
from tests.corpus import SENTENCE, SOURCE, columns, rows


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_column_is_described(table: Any) -> None:
    schema = arrow_schema(table)
    assert schema.metadata[b"schema_version"]
    assert [field.name for field in schema if not field.metadata.get(b"description")] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_come_back_as_models(table: Any, tables: dict[str, pa.Table]) -> None:
    assert len(to_rows(table, tables[table.name])) == tables[table.name].num_rows


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_schema_survives_parquet(table: Any, tables: dict[str, pa.Table], tmp_path: Path) -> None:
    pq.write_table(tables[table.name], tmp_path / "t.parquet")
    assert pq.read_table(tmp_path / "t.parquet").schema.equals(arrow_schema(table), check_metadata=True)


@pytest.mark.parametrize(
    ("table", "column", "value", "message"),
    [
        ("claims", "level", "vague", "not one of"),
        ("claims", "score", 1.5, "above 1"),
        ("claims", "text", None, "nulls"),
        ("articles", "sha256", "beef", "not like"),
        ("articles", "n_words", -1, "below 0"),
        ("evidence", "quote", "", "shorter than 1"),
        ("evidence", "prefix", "x" * 33, "longer than 32"),
        ("organizations", "kind", "club", "not one of"),
    ],
)
def test_values_the_model_forbids_are_refused(table: str, column: str, value: Any, message: str) -> None:
    given = rows()
    given[table][0][column] = value
    with pytest.raises(IntegrityError, match=rf"{table}\.{column}.*{message}"):
        tabulate(columns(given), rejects=[])


def test_missing_and_unknown_columns_are_refused() -> None:
    given = columns(rows())
    given["places"] = given["places"].rename_columns(["place_id", "label", *given["places"].column_names[2:]])
    with pytest.raises(IntegrityError, match=r"missing columns \['name'\], unknown columns \['label'\]"):
        tabulate(given, rejects=[])


def _edit(table: str, row: int, **values: Any) -> Callable[[dict[str, list[dict[str, Any]]]], None]:
    return lambda given: given[table][row].update(values)


@pytest.mark.parametrize(
    ("break_it", "message"),
    [
        (lambda given: given["places"].append(given["places"][0]), "keys stand twice"),
        (_edit("evidence", 0, unit_id="uni_none"), "ids are not in units"),
        (_edit("evidence", 0, row_id="org_none"), "ids are not in organizations"),
        (_edit("claims", 0, organizations=["org_none"]), "ids are not in organizations"),
        (_edit("redirects", 0, new_id="org_none"), "ids are not in organizations"),
        (_edit("evidence", 0, quote="Harbour council"), "a quote is not its slice"),
        (_edit("evidence", 0, prefix="elsewhere"), "prefix or suffix"),
        (_edit("evidence", 3, raw_start=0), "outside its unit"),
        (_edit("units", 2, raw_start=20), "overlap"),
        (_edit("units", 1, text="Another sentence."), "not its slice"),
        (_edit("units", 2, residue_kind=None), "residue"),
        (_edit("articles", 0, n_units=7), "n_units"),
        (_edit("articles", 0, sha256="0" * 64), "not those the tables were made from"),
        (_edit("units", 2, raw_end=70), "read b'Read more"),
        (lambda given: (given["units"].pop(2), given["articles"][0].update(n_units=2)), "in no unit: 'Readmorebelow'"),
        (lambda given: given["evidence"].pop(0), "no mention"),
    ],
)
def test_broken_tables_are_refused(break_it: Callable[[Any], Any], message: str, raw: Path) -> None:
    given = rows()
    break_it(given)
    with pytest.raises(IntegrityError, match=message):
        check(tabulate(columns(given), rejects=[]), TABLES, raw_of=functools.partial(raw_bytes, raw))


def test_an_edited_raw_file_is_found(raw: Path, tables: dict[str, pa.Table]) -> None:
    (raw / SOURCE).write_text((raw / SOURCE).read_text().replace("1994", "1995"))
    with pytest.raises(IntegrityError, match="not those"):
        check(tables, TABLES, raw_of=functools.partial(raw_bytes, raw))


@pytest.mark.parametrize(
    ("raw_text", "quote", "media_type", "encoding", "holds"),
    [
        ("a\u00a0pact", "a pact", "text/plain", "utf-8", True),
        ("a pact", "a pint", "text/plain", "utf-8", False),
        ("the <b>Harbour</b> &amp; Sea", "the Harbour & Sea", "text/html", "utf-8", True),
        ("the <b>Harbour</b> Sea", "the Harbour", "text/html", "utf-8", False),
        ("a **bold** [pact](http://x.org/y)", "a bold pact", "text/markdown", "utf-8", True),
        (r"a \u201cpact\u201d", "a “pact”", "application/json", "utf-8", True),
        ("café", "café", "text/plain", "cp1252", True),
    ],
)
def test_a_quote_stands_where_its_bytes_say(
    raw_text: str, quote: str, media_type: str, encoding: str, holds: bool
) -> None:
    assert stands(raw_text.encode(encoding), quote, media_type=media_type, encoding=encoding) is holds


@pytest.mark.parametrize(
    ("raw_text", "media_type", "left"),
    [
        ("\n \u00a0\n", "text/plain", ""),
        ("lost words", "text/plain", "lostwords"),
        ("</p>\n<script>var x = 1;</script><!-- note --><p>", "text/html", ""),
        ("</p>lost<p>", "text/html", "lost"),
        ("\n## ", "text/markdown", ""),
        ("\n2. ", "text/markdown", ""),
    ],
)
def test_what_no_unit_covers_is_found(raw_text: str, media_type: str, left: str) -> None:
    assert leftover(raw_text.encode(), media_type=media_type, encoding="utf-8") == left


def test_the_corpus_made_by_hand_holds(raw: Path, tables: dict[str, pa.Table]) -> None:
    check(tables, TABLES, raw_of=functools.partial(raw_bytes, raw))
    assert tables["claims"]["text"].to_pylist() == [SENTENCE]
