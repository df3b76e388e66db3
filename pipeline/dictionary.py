"""The schemas as text: what `claimledger tables` prints and the README holds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, get_args, get_origin

import pyarrow as pa

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


def _type(kind: pa.DataType) -> str:
    if pa.types.is_list(kind):
        return f"list of {_type(kind.value_type)}"
    if pa.types.is_struct(kind):
        return "{" + ", ".join(field.name for field in kind) + "}"
    return {"int64": "integer", "double": "number", "bool": "boolean", "date32[day]": "date"}.get(str(kind), str(kind))
