"""Schemas and settings as text: what `claimledger tables` prints and the README holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel

from pipeline.config import Settings
from pipeline.tables import TABLES, arrow_schema
from pipeline.tables.arrow import unwrap


def dictionary() -> Iterator[str]:
    """Yield every table as a Markdown heading and a table of its columns."""
    for table in TABLES:
        yield f"### {table.name}\n"
        yield "| column | type | meaning |"
        yield "| --- | --- | --- |"
        schema = arrow_schema(table)
        for name, info in table.row.model_fields.items():
            inner, optional = unwrap(info.annotation)
            words = f" ({', '.join(get_args(inner))})" if get_origin(inner) is Literal else ""
            null = ", null" if optional else ""
            yield f"| `{name}` | {_type(schema.field(name).type)}{null} | {info.description}{words} |"
        yield ""


def settings_table() -> Iterator[str]:
    """Yield every setting as a row of a Markdown table."""
    yield "| setting | default | meaning |"
    yield "| --- | --- | --- |"
    yield from _settings("", Settings)


def _settings(prefix: str, model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        if isinstance(info.annotation, type) and issubclass(info.annotation, BaseModel):
            yield from _settings(f"{prefix}{name}.", info.annotation)
        else:
            yield f"| `{prefix}{name}` | `{info.default}` | {info.description} |"


def filled(page: str) -> str:
    """Return the README `page` with its generated parts renewed, each between two comments of its name."""
    for name, lines in (("settings", settings_table()), ("tables", dictionary())):
        before, begin, rest = page.partition(f"<!-- {name} -->")
        _, end, after = rest.partition(f"<!-- /{name} -->")
        page = f"{before}{begin}\n{chr(10).join(lines).strip()}\n{end}{after}"
    return page


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(field.name for field in kind) + "}"
    return {"int64": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}.get(str(kind), str(kind))
