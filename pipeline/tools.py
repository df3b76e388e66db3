"""What the stages of one article work with, loaded once in each worker process: rules, lexicons, the model."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.clean import ResidueRules
from pipeline.clean import load_rules as load_residue
from pipeline.config import Settings


@dataclass(frozen=True, slots=True)
class Tools:
    residue: ResidueRules


def load_tools(settings: Settings) -> Tools:
    """Load all of them.

    Raises:
        ConfigError: a rule file or the model is missing or broken.
    """
    return Tools(residue=load_residue())
