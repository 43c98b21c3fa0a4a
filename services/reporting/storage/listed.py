"""Rows of a few values that a statement is given, to join: in one parameter however many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import encode

Columns = Mapping[str, sa.types.TypeEngine[Any]]


def listed(connection: sa.Connection, name: str, columns: Columns, rows: Sequence[Sequence[Any]]) -> sa.FromClause:
    """Give rows of texts, numbers and ids as a table of some name and columns."""
    if connection.dialect.name == "postgresql":
        given = [dict(zip(columns, row, strict=True)) for row in rows]
        told = sa.cast(sa.bindparam(None, encode(given).decode(), sa.Text), sa.JSON)
        named = (sa.column(column, kind) for column, kind in columns.items())
        return sa.func.json_to_recordset(told).table_valued(*named).render_derived(name=name, with_types=True)
    plain = [[one.hex if isinstance(one, UUID) else one for one in row] for row in rows]
    each = sa.func.json_each(encode(plain).decode()).table_valued("value")
    values = (
        sa.type_coerce(sa.func.json_extract(each.c.value, f"$[{place}]"), kind).label(column)
        for place, (column, kind) in enumerate(columns.items())
    )
    return sa.select(*values).subquery(name)
