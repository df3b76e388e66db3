"""The spaCy pipeline: load the one that ships or another, and analyse units with it.

One Doc is one unit, over exactly its text, and holds one sentence. Entities: `doc.ents`; agreements: `doc.spans`; level
of the claim: `doc.cats`. A pipeline of the user's own gets what of this it can be given; what the rules cannot do
without (Universal Dependencies, lemmas, entities) it must set itself.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from pipeline.errors import ConfigError
from pipeline.model.analyzer import AGREEMENTS, FACTORY
from pipeline.model.pieces import build_tokenizer

SHIPPED = Path(__file__).parent.parent / "models" / "en_articles"
_PROBE = "The council sent a letter to Geneva."
_ATTRIBUTES = {"TAG": "tags", "POS": "parts of speech", "LEMMA": "lemmas", "DEP": "dependencies"}
_DEPENDENCIES = frozenset({"nsubj", "obj", "obl", "case", "nmod"})  # tell Universal Dependencies from other schemes
_ENTITIES = frozenset({"ORG", "GPE"})
_LAW = "LAW"  # what OntoNotes calls an agreement


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
        ConfigError: there is no such pipeline, or it lacks what the rules need.
    """
    try:
        config = {"components": {FACTORY: {"threads": threads}}} if name is None else {}
        nlp = spacy.load(SHIPPED if name is None else name, config=config)
    except (OSError, ValueError) as error:  # spaCy: no such package; a broken configuration
        raise ConfigError(f"model {name or SHIPPED}: {error}") from error
    if FACTORY not in {nlp.get_pipe_meta(pipe).factory for pipe in nlp.pipe_names}:
        _adapt(nlp, str(name))
    return nlp


def parse_units(nlp: Language, texts: Iterable[str]) -> list[Doc]:
    """Analyse the units of one article, in order."""
    return list(nlp.pipe(texts))


def version(nlp: Language) -> str:
    """Return what stands in `detector`: language, name and version of the pipeline."""
    return f"{nlp.meta['lang']}_{nlp.meta['name']}/{nlp.meta['version']}"


def _adapt(nlp: Language, name: str) -> None:
    """Check what a pipeline of the user's own sets, and add what it can be given."""
    if missing := _missing(nlp):
        raise ConfigError(f"model {name}: it lacks what the rules need: {'; '.join(missing)}")
    nlp.add_pipe("claimledger_one_sentence", first=True)
    nlp.add_pipe("claimledger_agreements", last=True)


def _missing(nlp: Language) -> list[str]:
    doc = nlp(_PROBE)
    found = [words for attribute, words in _ATTRIBUTES.items() if not doc.has_annotation(attribute)]
    labels = {label for names in nlp.pipe_labels.values() for label in names}
    if absent := sorted(_DEPENDENCIES - labels):
        found.append(f"dependency labels of Universal Dependencies ({', '.join(absent)})")
    if absent := sorted(_ENTITIES - labels):
        found.append(f"entity labels {', '.join(absent)}")
    return found


@Language.component("claimledger_one_sentence")
def one_sentence(doc: Doc) -> Doc:
    """Keep a parser from splitting a unit: the segment stage has set its bounds."""
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


@Language.component("claimledger_agreements")
def agreements(doc: Doc) -> Doc:
    """Set `doc.spans` where the pipeline does not: its laws stand for named agreements."""
    if AGREEMENTS not in doc.spans:
        laws = (ent for ent in doc.ents if ent.label_ in {_LAW, "AGR"})
        doc.spans[AGREEMENTS] = [Span(doc, ent.start, ent.end, "AGR") for ent in laws]
    return doc
