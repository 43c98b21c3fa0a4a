"""Writing rows, many in one statement, on either database."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from chassis.wire import encode

Row = Mapping[str, Any]


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, none of which is there yet."""
    _send(connection, table, rows, lambda statement: statement)


def keep_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, but those whose key is there already."""
    _send(connection, table, rows, lambda statement: statement.on_conflict_do_nothing())


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
    def upsert(statement: Any) -> Any:
        told = {
            column.name: becomes(column, statement.excluded[column.name])
            for column in table.c
            if not column.primary_key
        }
        return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=told)

    _send(connection, table, rows, upsert)


def _send(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], conflict: Callable[[Any], Any]) -> None:
    """Insert rows that name the same columns.

    PostgreSQL gets them as one text of JSON: as values of a statement each would cost the driver, SQLAlchemy and the
    server's parser more than everything else that is done with it.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert

        given = sa.func.json_populate_recordset(
            sa.literal_column(f"NULL::{table.name}"), sa.cast(sa.bindparam("rows", type_=sa.Text), sa.JSON)
        ).table_valued(*(sa.column(name) for name in rows[0]))
        statement = insert(table).from_select(list(rows[0]), sa.select(*given.c))
        if not all(type(name) is str for name in rows[0]):  # but the name of a column, which JSON does not take
            rows = [{str(name): value for name, value in row.items()} for row in rows]
        connection.execute(conflict(statement), {"rows": encode(rows).decode()})
    else:
        from sqlalchemy.dialects.sqlite import insert as insert_into_file

        connection.execute(conflict(insert_into_file(table)), rows)
