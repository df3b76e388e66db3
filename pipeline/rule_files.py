"""Rule files of the package, checked while they are read."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import srsly
from pydantic import BaseModel, ValidationError

from pipeline.errors import ConfigError

Rules = TypeVar("Rules", bound=BaseModel)


def read_rules(path: Path, kind: type[Rules]) -> Rules:
    """Return the YAML file as one object.

    Raises:
        ConfigError: the file does not have the expected form.
    """
    try:
        return kind.model_validate(srsly.read_yaml(path))
    except (ValidationError, ValueError) as error:
        raise ConfigError(f"{path.name}: {error}") from error
