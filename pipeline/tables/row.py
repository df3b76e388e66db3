"""What every row model shares: strict values, no unknown columns, and references to rows of other tables."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict


class Row(BaseModel):
    """One row of one table. The field order is the column order, the field description the column's."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


@dataclass(frozen=True, slots=True)
class Ref:
    """Marks a column, or the elements of a list column, as keys of another table.

    Args:
        table: the table referred to; None where the row itself names it, in its column `table`.
    """

    table: str | None


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its name is its file name, its key the column that no two rows share.

    Args:
        key: the key column, None where rows have none (rejects).
        sort: further columns the rows are sorted by, where there is no key.
    """

    name: str
    row: type[Row]
    key: str | None
    sort: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The columns the rows are sorted by."""
        return (self.key,) if self.key is not None else self.sort
