"""A small corpus made by hand: one article on disk and the tables that a right run would make of it."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pyarrow as pa

from pipeline.ids import stable_id
from pipeline.tables import TABLES, arrow_schema

RAW = "Harbour Pact\n\nNorland joined the Harbour Council in 1994. Read more below.\n"
SOURCE = "pact.txt"
SENTENCE = "Norland joined the Harbour Council in 1994."


def raw_folder(folder: Path) -> Path:
    """Write the article into `folder`/raw and return that."""
    raw = folder / "raw"
    raw.mkdir()
    (raw / SOURCE).write_text(RAW, "utf-8")
    return raw


def _span(words: str) -> tuple[int, int]:
    return RAW.index(words), RAW.index(words) + len(words)


def _unit(ordinal: int, kind: str, words: str) -> dict[str, Any]:
    start, end = _span(words)
    removed = kind == "residue"
    return {
        "unit_id": stable_id("units", "art", start),
        "article_id": stable_id("articles", SOURCE),
        "ordinal": ordinal,
        "kind": kind,
        "residue_kind": "navigation" if removed else None,
        "section": [] if ordinal == 0 else ["Harbour Pact"],
        "text": words,
        "start": None if removed else start,
        "end": None if removed else end,
        "raw_start": start,
        "raw_end": end,
        "rule_id": "residue.read_more" if removed else None,
        "paragraph": ordinal,
    }


def _evidence(
    table: str, row_id: str, quote: str, field: str | None = None, value: str | None = None
) -> dict[str, Any]:
    start, end = _span(quote)
    return {
        "evidence_id": stable_id("evidence", row_id, start, end, field),
        "table": table,
        "row_id": row_id,
        "field": field,
        "value": value,
        "article_id": stable_id("articles", SOURCE),
        "unit_id": stable_id("units", "art", RAW.index(SENTENCE)),
        "start": start,
        "end": end,
        "raw_start": start,
        "raw_end": end,
        "quote": quote,
        "prefix": RAW[max(0, start - 32) : start],
        "suffix": RAW[end : _span(SENTENCE)[1]][:32],
        "rule_id": "test.by_hand",
        "detector": "hand 1",
        "confidence": 1.0,
    }


def rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table but `rejects`."""
    organization, place = stable_id("organizations", "harbour council"), stable_id("places", "Norland")
    claim = stable_id("claims", SENTENCE)
    counts = {"n_mentions": 1, "n_articles": 1}
    article = {
        "article_id": stable_id("articles", SOURCE),
        "source": SOURCE,
        "sha256": hashlib.sha256(RAW.encode()).hexdigest(),
        "n_bytes": len(RAW),
        "media_type": "text/plain",
        "encoding": "utf-8",
        "language": "en",
        "title": "Harbour Pact",
        "text": RAW[: _span(SENTENCE)[1]],
        "family_id": "fam_1",
        "n_units": 3,
        "n_words": 9,
    }
    claim_row = {
        "claim_id": claim,
        "text": SENTENCE,
        "level": "specific",
        "score": 0.8,
        "subject": "Norland",
        "predicate": "joined",
        "object": "the Harbour Council in 1994",
        "polarity": "affirmed",
        "modality": "asserted",
        "organizations": [organization],
        "places": [place],
        "dates": [],
        "agreements": [],
        "in_conflict": False,
        "score_detail": "date 0.8",
        "n_independent": 1,
        **counts,
    }
    return {
        "articles": [article],
        "units": [
            _unit(0, "title", "Harbour Pact"),
            _unit(1, "sentence", SENTENCE),
            _unit(2, "residue", "Read more below."),
        ],
        "organizations": [
            {
                "organization_id": organization,
                "name": "Harbour Council",
                "aliases": [],
                "kind": "intergovernmental",
                "n_independent": 1,
                **counts,
            }
        ],
        "places": [{"place_id": place, "name": "Norland", "kind": "state", "aliases": [], **counts}],
        "dates": [],
        "agreements": [],
        "claims": [claim_row],
        "evidence": [
            _evidence("organizations", organization, "Harbour Council"),
            _evidence("places", place, "Norland"),
            _evidence("claims", claim, SENTENCE),
            _evidence("claims", claim, "joined", "predicate", "joined"),
        ],
        "conflicts": [],
        "redirects": [
            {
                "old_id": stable_id("organizations", "council"),
                "new_id": organization,
                "table": "organizations",
                "score": 0.9,
                "detail": "shorter form",
            }
        ],
    }


def columns(given: dict[str, list[dict[str, Any]]]) -> dict[str, pa.Table]:
    """Return rows as loose Arrow columns, such as the corpus stages deliver; absent values become null."""
    specs = {table.name: table for table in TABLES}
    made = {}
    for name, some in given.items():
        schema = pa.schema([field.with_nullable(True) for field in arrow_schema(specs[name])])
        made[name] = pa.Table.from_pylist(some, schema)
    return made
