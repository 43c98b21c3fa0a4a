"""Writing rows, many in one statement, on either database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from chassis.store.database import send
from chassis.wire import encode

Row = Mapping[str, Any]


def insert(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, none of which is there yet."""
    _send(connection, table, rows, "")


def keep_all(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Add rows, but those whose key is there already."""
    _send(connection, table, rows, "keep")


def write(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write rows over those that have the same key."""
    _send(connection, table, rows, "replace")


def add_up(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write rows; each number that counts something (BigInteger) is added to what stands under the same key."""
    _send(connection, table, rows, "add")


def change(connection: sa.Connection, table: sa.Table, rows: Sequence[Row]) -> None:
    """Write some columns of rows that are there, by their keys."""
    if not rows:
        return
    columns = tuple(map(str, rows[0]))
    if connection.dialect.name == "postgresql":
        send(connection, _change_from_json(table, columns), {"rows": encode(rows).decode(), "count": len(rows)})
    else:
        keys = [column.name for column in table.primary_key]
        same = [table.c[name] == sa.bindparam(f"key_{name}", type_=table.c[name].type) for name in keys]
        told = [{f"key_{name}" if name in keys else name: value for name, value in row.items()} for row in rows]
        new = {name: sa.bindparam(name, type_=table.c[name].type) for name in columns if name not in keys}
        connection.execute(table.update().where(*same).values(new), told)


@cache
def _change_from_json(table: sa.Table, columns: tuple[str, ...]) -> Any:
    told = _so_many_told(table, columns)
    keys = [column.name for column in table.primary_key]
    new = {name: told.c[name] for name in columns if name not in keys}
    return table.update().where(*(table.c[name] == told.c[name] for name in keys)).values(new)


def delete(connection: sa.Connection, table: sa.Table, keys: Sequence[Row], nothing: tuple[str, ...] = ()) -> None:
    """Delete the rows that have some keys; where columns are named that count, only those in which all of them are zero."""
    if not keys:
        return
    columns = tuple(map(str, keys[0]))
    if connection.dialect.name == "postgresql":
        send(
            connection, _delete_from_json(table, columns, nothing), {"rows": encode(keys).decode(), "count": len(keys)}
        )
    else:
        same = [table.c[name] == sa.bindparam(name, type_=table.c[name].type) for name in columns]
        connection.execute(table.delete().where(*same, *(table.c[name] == 0 for name in nothing)), keys)


@cache
def _delete_from_json(table: sa.Table, columns: tuple[str, ...], nothing: tuple[str, ...]) -> Any:
    told = _so_many_told(table, columns)
    same = [table.c[name] == told.c[name] for name in columns]
    return table.delete().where(*same, *(table.c[name] == sa.literal_column("0") for name in nothing))


def _send(connection: sa.Connection, table: sa.Table, rows: Sequence[Row], conflict: str) -> None:
    """Insert rows that name the same columns.

    PostgreSQL gets them as one text of JSON: as values of a statement each would cost the driver, SQLAlchemy and the
    server's parser more than everything else that is done with it.
    """
    if not rows:
        return
    if connection.dialect.name == "postgresql":
        if not all(type(name) is str for name in rows[0]):  # but the name of a column, which JSON does not take
            rows = [{str(name): value for name, value in row.items()} for row in rows]
        send(connection, _from_json(table, tuple(rows[0]), conflict), {"rows": encode(rows).decode()})
    else:
        connection.execute(_conflicting(sqlite.insert(table), table, conflict), rows)


@cache  # making one takes longer than the database does with it
def _from_json(table: sa.Table, columns: tuple[str, ...], conflict: str) -> Any:
    told = _told(table, columns)
    return _conflicting(postgresql.insert(table).from_select(list(columns), sa.select(*told.c)), table, conflict)


def _so_many_told(table: sa.Table, columns: tuple[str, ...]) -> Any:
    """Give the same, and say how many they are (`count`): else a hundred are expected, and for a few the whole table is read."""
    return sa.select(*_told(table, columns).c).limit(sa.bindparam("count", type_=sa.Integer)).subquery()


def _told(table: sa.Table, columns: tuple[str, ...]) -> Any:
    """Give the rows in the parameter `rows` as the database reads them, their columns being of the table's types."""
    return sa.func.json_populate_recordset(
        sa.literal_column(f"NULL::{table.name}"), sa.cast(sa.bindparam("rows", type_=sa.Text), sa.JSON)
    ).table_valued(*(sa.column(name) for name in columns))


def _conflicting(statement: Any, table: sa.Table, conflict: str) -> Any:
    if conflict == "":
        return statement
    if conflict == "keep":
        return statement.on_conflict_do_nothing()
    told = {
        column.name: column + statement.excluded[column.name]
        if conflict == "add" and isinstance(column.type, sa.BigInteger)
        else statement.excluded[column.name]
        for column in table.c
        if not column.primary_key
    }
    return statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=told)
