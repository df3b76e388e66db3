"""The spaCy pipeline: load the one that ships or another, and analyse units with it.

One Doc is one unit, over exactly its text, and holds one sentence. Entities: `doc.ents`; agreements: `doc.spans`; level
of the claim: `doc.cats`. A pipeline of the user's own has to set the same.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from pipeline.errors import ConfigError
from pipeline.model.analyzer import FACTORY
from pipeline.model.pieces import build_tokenizer

SHIPPED = Path(__file__).parent.parent / "models" / "en_articles"


def blank() -> Language:
    """Return an English pipeline with the tokenizer of the shipped one and no components."""
    nlp = spacy.blank("en")
    nlp.tokenizer = build_tokenizer(nlp)
    return nlp


@functools.cache
def load(name: str | Path | None = None, *, threads: int = 1) -> Language:
    """Load a pipeline: the shipped one, or a package or directory that `spacy.load` knows. Loaded once per process.

    Args:
        threads: threads of one call of the network; more processes use the cores better than more threads.

    Raises:
        ConfigError: there is no such pipeline.
    """
    try:
        config = {"components": {FACTORY: {"threads": threads}}} if name is None else {}
        return spacy.load(SHIPPED if name is None else name, config=config)
    except OSError as error:
        raise ConfigError(f"model {name or SHIPPED}: {error}") from error


def parse_units(nlp: Language, texts: Iterable[str]) -> list[Doc]:
    """Analyse the units of one article, in order."""
    return list(nlp.pipe(texts))


def version(nlp: Language) -> str:
    """Return what stands in `detector`: language, name and version of the pipeline."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}/{nlp.meta['version']}"
