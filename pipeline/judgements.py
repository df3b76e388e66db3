"""Judgements: what a person decided about records, in `judgements.yml`; it survives every run and always wins.

    - {verdict: same, ids: [org_…, org_…], reason: the ministry was renamed in 1998}
    - {verdict: different, ids: [clm_…, clm_…], reason: two exercises of one name}
    - {verdict: not_a_record, ids: [agr_…], reason: a headline}

`same` and `different` name two or more records of one table, `not_a_record` one or more. An id may be that of a row or
of a form merged into it (`redirects.old_id`); one that no article yields any more is kept and does nothing.
"""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Literal, Self

import srsly
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator

from pipeline.errors import ConfigError
from pipeline.ids import PREFIXES

Verdict = Literal["same", "different", "not_a_record"]
_TABLES = {prefix: table for table, prefix in PREFIXES.items()}
_JUDGED = frozenset({"organizations", "places", "dates", "agreements", "claims"})


class Judgement(BaseModel):
    """One decision of a person, with the reason."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    verdict: Verdict
    ids: tuple[str, ...] = Field(min_length=1)
    reason: str = Field(min_length=1)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        tables = {_TABLES.get(one.partition("_")[0]) for one in self.ids}
        if len(tables) != 1 or not tables <= _JUDGED:
            raise ValueError("ids must be those of records of one table")
        if self.verdict != "not_a_record" and len(set(self.ids)) < 2:
            raise ValueError(f"{self.verdict} needs two different ids")
        return self

    @property
    def table(self) -> str:
        """The table the ids are of."""
        return _TABLES[self.ids[0].partition("_")[0]]

    def pairs(self) -> list[tuple[str, str]]:
        """Every two of the ids."""
        return list(itertools.combinations(sorted(set(self.ids)), 2))


_FILE = TypeAdapter(tuple[Judgement, ...])


def load_judgements(file: Path) -> tuple[Judgement, ...]:
    """Return the judgements of `file`; none if there is no such file.

    Raises:
        ConfigError: the file is not a list of judgements, or two of them contradict each other.
    """
    if not file.is_file():
        return ()
    try:
        found = _FILE.validate_python(srsly.read_yaml(file) or ())
    except ValidationError as error:
        first = error.errors()[0]
        raise ConfigError(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}: {first['input']!r}") from error
    except ValueError as error:
        raise ConfigError(f"{file}: {error}") from error
    said: dict[tuple[str, str], str] = {}
    for judgement in found:
        if judgement.verdict != "not_a_record":
            for pair in judgement.pairs():
                if said.setdefault(pair, judgement.verdict) != judgement.verdict:
                    raise ConfigError(f"{file}: {pair[0]} and {pair[1]} are judged both same and different")
    return found


def judgement(verdict: Verdict, ids: tuple[str, ...], reason: str) -> Judgement:
    """Return the judgement.

    Raises:
        ConfigError: the ids are not those of records, or not of one table.
    """
    try:
        return Judgement(verdict=verdict, ids=ids, reason=reason)
    except ValidationError as error:
        raise ConfigError(f"{verdict} {' '.join(ids)}: {error.errors()[0]['msg']}") from error


def add_judgement(file: Path, judgement: Judgement) -> None:
    """Write `judgement` at the end of `file`, leaving what stands there, comments too, as it is.

    Raises:
        ConfigError: the file would not be valid afterwards; it is left unchanged.
    """
    before = file.read_text("utf-8") if file.is_file() else ""
    line = srsly.json_dumps(judgement.model_dump(mode="json"))
    join = "" if not before or before.endswith("\n") else "\n"
    beside = file.with_name(file.name + ".new")
    beside.write_text(f"{before}{join}- {line}\n", "utf-8")
    try:
        load_judgements(beside)
    except ConfigError:
        beside.unlink()
        raise
    beside.replace(file)
