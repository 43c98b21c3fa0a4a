"""Writing rows, many in one statement, on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

Row = Mapping[str, Any]


def write(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write rows over those that have the same key."""
    _upsert(connection, table, rows, lambda _column, new: new)


def add_up(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write rows of numbers, each added to what stands under the same key."""
    _upsert(connection, table, rows, lambda column, new: column + new)


def delete(connection: sa.Connection, columns: Sequence[sa.Column[Any]], keys: Iterable[Any], *also: Any) -> None:
    """Delete the rows of some keys, as far as they are as is said besides."""
    listed = list(keys)
    for start in range(0, len(listed), _AT_ONCE):
        among = sa.tuple_(*columns).in_(listed[start : start + _AT_ONCE])
        connection.execute(columns[0].table.delete().where(among, *also))


_AT_ONCE = 500  # SQLite takes so many parameters, and no more than that of a few columns


def _upsert(
    connection: sa.Connection, table: sa.Table, rows: Sequence[Row], becomes: Callable[[sa.Column[Any], Any], Any]
) -> None:
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert
    else:
        from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]
    statement = insert(table)
    told = {
        column.name: becomes(column, statement.excluded[column.name]) for column in table.c if not column.primary_key
    }
    upsert = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=told)
    # asked for something, SQLAlchemy sends many rows in one statement; else each in one of its own
    connection.execute(upsert.returning(sa.literal_column("1")), rows)
