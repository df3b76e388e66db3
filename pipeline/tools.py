"""What the stages of one article work with, loaded once in each worker process: rules, lexicons, the model."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pipeline import clean, nlp, relate
from pipeline.config import Settings
from pipeline.recognize import Resources, load_resources

if TYPE_CHECKING:
    from spacy.language import Language


@dataclass(frozen=True, slots=True)
class Tools:
    """Everything that is loaded."""

    residue: clean.ResidueRules
    nlp: Language
    model: str  # name and version, for `detector`
    resources: Resources
    relations: relate.RelateRules


def load_tools(settings: Settings) -> Tools:
    """Load all of them.

    Raises:
        ConfigError: a rule file or the model is missing or broken.
    """
    language = nlp.load(settings.model)
    return Tools(
        residue=clean.load_rules(),
        nlp=language,
        model=nlp.version(language),
        resources=load_resources(use_lexicon=settings.use_lexicon),
        relations=relate.load_rules(),
    )
