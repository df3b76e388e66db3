"""The settings of a run: `[tool.pipeline]` of pyproject.toml, overridden by the command line, checked once."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from pipeline.errors import ConfigError


class Settings(BaseModel):
    """What a user may set. Every field is a key of `[tool.pipeline]`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    raw: Path = Field(Path("raw"), description="folder of the input articles")
    out: Path = Field(Path("processed"), description="folder the tables are written to")
    workers: int = Field(0, ge=0, le=256, description="worker processes; 0: one for each core")
    batch_size: int = Field(8, ge=1, description="articles in one batch of one worker")
    max_bytes: int = Field(50_000_000, ge=1, description="a larger input is rejected (code too_large)")
    use_lexicon: bool = Field(True, description="recognize with the lists of known organizations")
    model: str | None = Field(None, description="name or folder of the model; none: the one that ships")
    language: str = Field("en", description="articles in another language are rejected (code language)")
    jsonl_text: tuple[str, ...] = Field(("text", "html"), description="JSONL fields of the text, first found wins")
    jsonl_title: str = Field("title", description="JSONL field of the title")
    jsonl_url: str = Field("url", description="JSONL field of the address")
    jsonl_published: str = Field("published", description="JSONL field of the day of publication")


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
