"""The settings of a run: `[tool.pipeline]` of pyproject.toml, overridden by the command line, checked once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError
from pipeline.read.settings import ReadSettings


class Settings(BaseModel):
    """What a user may set. Every field is a key of `[tool.pipeline]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    raw: Path = Field(Path("raw"), description="folder of the input articles")
    out: Path = Field(Path("processed"), description="folder the tables are written to")
    workers: int = Field(0, ge=0, le=256, description="worker processes; 0: one for each core")
    batch_size: int = Field(8, ge=1, description="articles in one batch of one worker")
    model: str | None = Field(None, description="spaCy pipeline, a package or a directory; none: the one that ships")
    use_lexicon: bool = Field(True, description="whether lexicons of bodies and instruments are read")
    judgements: Path = Field(Path("judgements.yml"), description="what a person decided about records; may be missing")
    read: ReadSettings = Field(ReadSettings(), description="what `read` may take in")


def load_settings(folder: Path = Path(), **overrides: Any) -> Settings:
    """Return the settings of `folder`/pyproject.toml, if there is one, with `overrides` that are not None.

    Raises:
        ConfigError: a key is unknown or a value does not fit; the message says which.
    """
    file = folder / "pyproject.toml"
    given: dict[str, Any] = {}
    if file.is_file():
        try:
            given = tomllib.loads(file.read_text("utf-8")).get("tool", {}).get("pipeline", {})
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ConfigError(f"{file}: {error}") from error
    given |= {key: value for key, value in overrides.items() if value is not None}
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{file}: tool.pipeline.{key}: {first['msg']}: {first['input']!r}") from error
