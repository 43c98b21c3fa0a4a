"""SQL that reads the same on PostgreSQL and SQLite but is written differently."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache
from typing import Any, Protocol
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as insert_postgresql
from sqlalchemy.dialects.sqlite import insert as insert_sqlite

from chassis.store.database import insert
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.text import words

REF = ("external_system", "external_id")
"""The columns of an external reference."""


def insert_new(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]], *key: str) -> None:
    """Insert rows, leaving out those whose `key` columns stand already; whoever needs to know reads again."""
    if not rows:
        return
    # in one order, so that two requests with the same keys wait for each other one way only
    rows = sorted(rows, key=lambda row: [str(row[name]) for name in key])
    insert(connection, _inserting(connection.dialect.name, table), rows)


@cache
def _inserting(dialect: str, table: sa.Table) -> sa.Insert:
    # ON CONFLICT instead of a failing INSERT, which would break the transaction off on PostgreSQL
    inserting = insert_postgresql if dialect == "postgresql" else insert_sqlite
    return inserting(table).on_conflict_do_nothing()


def update_by_id(connection: sa.Connection, table: sa.Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write whole rows over those with the same id."""
    if not rows:
        return
    values: dict[str, Any] = {name: sa.bindparam(name) for name in rows[0] if name != "id"}
    statement = table.update().where(table.c.id == sa.bindparam("_id")).values(values)
    connection.execute(statement, [{"_id": row["id"], **{n: v for n, v in row.items() if n != "id"}} for row in rows])


def with_refs(table: sa.Table, refs: Iterable[ExternalRef]) -> sa.ColumnElement[bool]:
    """Say "whose external reference is one of these"."""
    by_system: dict[str, set[str]] = {}
    for ref in refs:
        by_system.setdefault(ref.system, set()).add(ref.id)
    return sa.or_(
        sa.false(),
        *(
            sa.and_(table.c.external_system == system, table.c.external_id.in_(sorted(ids)))
            for system, ids in by_system.items()
        ),
    )


class _Referenced(Protocol):
    """What has an id here, and may have one elsewhere."""

    @property
    def id(self) -> UUID: ...

    @property
    def external_ref(self) -> ExternalRef | None: ...


def taken_by_others(connection: sa.Connection, table: sa.Table, new: Iterable[_Referenced]) -> dict[ExternalRef, UUID]:
    """Give the references of new things that stand for others in a table already, with the ids of these."""
    refs = {one.external_ref: one.id for one in new if one.external_ref is not None}
    if not refs:
        return {}
    columns = (table.c.id, table.c.external_system, table.c.external_id)
    holders = connection.execute(sa.select(*columns).where(with_refs(table, refs)))
    return {ref: row.id for row in holders if (ref := ref_of(row)) is not None and refs[ref] != row.id}


def ref_of(row: Any) -> ExternalRef | None:
    """Read the external reference of a row."""
    if row.external_system is None:
        return None
    return ExternalRef(system=row.external_system, id=row.external_id)


def ref_view(row: Any) -> dict[str, str] | None:
    """Give the external reference of a row as it is answered."""
    if row.external_system is None:
        return None
    return {"system": row.external_system, "id": row.external_id}


def begins_words(column: sa.ColumnElement[str], search: str) -> sa.ColumnElement[bool]:
    """Say "each word of the search begins a word in here"; nothing is found where the search has no word."""
    asked = words(search)
    if not asked:
        return sa.false()
    return sa.and_(*(column.like(f"% {_escaped(word)}%", escape="\\") for word in asked))


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def not_ended(table: sa.Table, day: date) -> sa.ColumnElement[bool]:
    """Say "holds on this day, or will later"."""
    return sa.or_(table.c.valid_to.is_(None), table.c.valid_to > day)
