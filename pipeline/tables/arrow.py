"""From row model to Arrow: schema, cast of columns and check of their values, all derived from the model."""

from __future__ import annotations

import types
from datetime import date
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import annotated_types
import pyarrow as pa
import pyarrow.compute as pc
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from pipeline.errors import IntegrityError
from pipeline.tables.row import Table

SCHEMA_VERSION = "1"
_SCALARS: dict[Any, pa.DataType] = {
    str: pa.string(),
    int: pa.int64(),
    float: pa.float64(),
    bool: pa.bool_(),
    date: pa.date32(),
}


def unwrap(annotation: Any) -> tuple[Any, bool]:
    """Return the annotation without `Annotated` and `| None`, and whether None was allowed."""
    if get_origin(annotation) is Annotated:
        return unwrap(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        (inner,) = (arg for arg in get_args(annotation) if arg is not types.NoneType)
        return unwrap(inner)[0], True
    return annotation, False


def arrow_type(annotation: Any) -> pa.DataType:
    """Return the Arrow type of a row model's annotation."""
    inner, _ = unwrap(annotation)
    if get_origin(inner) is Literal:
        return pa.string()
    if get_origin(inner) is list:
        (element,) = get_args(inner)
        return pa.list_(pa.field("element", arrow_type(element), nullable=unwrap(element)[1]))
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        return pa.struct([_arrow_field(name, info) for name, info in inner.model_fields.items()])
    return _SCALARS[inner]


def _arrow_field(name: str, info: FieldInfo) -> pa.Field:
    return pa.field(
        name,
        arrow_type(info.annotation),
        nullable=unwrap(info.annotation)[1],
        metadata={"description": info.description},
    )


def arrow_schema(table: Table) -> pa.Schema:
    """Return the Arrow schema of `table`, with a description for each column."""
    fields = [_arrow_field(name, info) for name, info in table.row.model_fields.items()]
    return pa.schema(fields, metadata={"schema_version": SCHEMA_VERSION, "table": table.name})


def to_table(table: Table, columns: pa.Table) -> pa.Table:
    """Cast `columns` to the schema of `table`, check every value against the row model, and sort by key.

    Raises:
        IntegrityError: a column is missing, unknown or of another type, or holds a value the row model forbids.
    """
    schema = arrow_schema(table)
    missing = [name for name in schema.names if name not in columns.column_names]
    unknown = [name for name in columns.column_names if name not in schema.names]
    if missing or unknown:
        raise IntegrityError(f"{table.name}: missing columns {missing}, unknown columns {unknown}")
    columns = columns.select(schema.names)
    try:
        # A cast to a schema with non-null columns would hide their nulls, so types first and nulls afterwards.
        open_schema = pa.schema([field.with_nullable(True) for field in schema])
        columns = columns.cast(open_schema).combine_chunks()
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError, pa.ArrowTypeError, ValueError) as error:
        raise IntegrityError(f"{table.name}: {error}") from error
    for name, info in table.row.model_fields.items():
        check_values(table.name, name, info, columns[name])
    columns = columns.sort_by([(name, "ascending") for name in table.order]) if table.order else columns
    return pa.Table.from_arrays([_flat(column) for column in columns.columns], schema=schema)


def _flat(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)


def check_values(table: str, name: str, info: FieldInfo, column: pa.ChunkedArray) -> None:
    """Check one column against its annotation: nulls, allowed words, bounds, patterns.

    Raises:
        IntegrityError: names table, column, and the first value that does not fit.
    """
    inner, optional = unwrap(info.annotation)
    where = f"{table}.{name}"
    if not optional and column.null_count:
        raise IntegrityError(f"{where}: {column.null_count} nulls in a column that has none")
    if get_origin(inner) is Literal:
        allowed = pa.array(get_args(inner), pa.string())
        _refuse(
            where, column, pc.invert(pc.is_in(column, value_set=allowed)), f"not one of {', '.join(get_args(inner))}"
        )
    elif get_origin(inner) is list:
        _check_elements(table, name, get_args(inner)[0], column)
    for rule in info.metadata:
        _check_bound(where, rule, column)


def _check_elements(table: str, name: str, element: Any, column: pa.ChunkedArray) -> None:
    values = pc.list_flatten(column)
    inner, optional = unwrap(element)
    if not optional and values.null_count:
        raise IntegrityError(f"{table}.{name}: {values.null_count} nulls among the elements")
    if isinstance(inner, type) and issubclass(inner, BaseModel):
        for sub, info in inner.model_fields.items():
            check_values(table, f"{name}.{sub}", info, pc.struct_field(values, sub))


def _check_bound(where: str, rule: Any, column: pa.ChunkedArray) -> None:
    if isinstance(rule, annotated_types.Ge):
        _refuse(where, column, pc.less(column, pa.scalar(rule.ge, column.type)), f"below {rule.ge}")
    elif isinstance(rule, annotated_types.Le):
        _refuse(where, column, pc.greater(column, pa.scalar(rule.le, column.type)), f"above {rule.le}")
    elif isinstance(rule, annotated_types.MinLen):
        _refuse(where, column, pc.less(pc.utf8_length(column), rule.min_length), f"shorter than {rule.min_length}")
    elif isinstance(rule, annotated_types.MaxLen):
        _refuse(where, column, pc.greater(pc.utf8_length(column), rule.max_length), f"longer than {rule.max_length}")
    elif (pattern := getattr(rule, "pattern", None)) is not None:
        _refuse(where, column, pc.invert(pc.match_substring_regex(column, pattern)), f"not like {pattern}")


def _refuse(where: str, column: pa.ChunkedArray, wrong: Any, why: str) -> None:
    """Raise for the first value where `wrong` is true; nulls are judged elsewhere."""
    bad = pc.filter(column, pc.and_(pc.is_valid(column), pc.fill_null(wrong, False)))
    if len(bad):
        raise IntegrityError(f"{where}: {bad[0].as_py()!r} is {why} ({len(bad)} values)")


def to_rows(table: Table, columns: pa.Table) -> list[Any]:
    """Return the rows of a small table as validated row models."""
    return [table.row.model_validate(row) for row in columns.to_pylist()]
