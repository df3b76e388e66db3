"""Segmented → Parsed: one spaCy Doc for each kept unit, over exactly its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.errors import InputError
from pipeline.model.phrases import join_names
from pipeline.nlp import parse_units
from pipeline.records import Parsed, Segmented

if TYPE_CHECKING:
    from spacy.language import Language

MAX_UNIT = 20_000  # characters; no sentence is longer, and the parser's memory grows with the unit


def parse_article(segmented: Segmented, *, nlp: Language, model: str) -> Parsed:
    """Parse the kept units of one article, in one batch of their own, so that no other article changes the result.

    Raises:
        InputError: `long_unit`, a stretch without any end of sentence that is too long to be prose.
    """
    kept = [unit for unit in segmented.units if unit.kind != "residue"]
    for unit in kept:
        if len(unit.text) > MAX_UNIT:
            message = f"a stretch of {len(unit.text)} characters without an end of sentence: {unit.text[:40]!r}…"
            raise InputError("long_unit", message, stage="parse")
    docs = map(join_names, parse_units(nlp, [unit.text for unit in kept]))
    return Parsed(
        article=segmented.article,
        units=segmented.units,
        docs=tuple(None if unit.kind == "residue" else next(docs) for unit in segmented.units),
        model=model,
    )
