"""References to files in the database; one that is detached stays, for the record."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.store.database import Transaction
from services.deals.storage.audit import audited
from services.deals.storage.audited import FILE
from services.deals.storage.tables import files


def add_file(tx: Transaction, row: Mapping[str, Any]) -> None:
    """Store a new reference."""
    with audited(tx, FILE, row["id"]):
        tx.connection.execute(files.insert(), row)


def save_detached(tx: Transaction, file_id: UUID) -> None:
    """Write that a reference is no document of its deal any more."""
    with audited(tx, FILE, file_id):
        tx.connection.execute(files.update().where(files.c.id == file_id), {"detached_at": tx.now})


def read_files(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    """Read the files that fit and are attached, the oldest first."""
    attached = sa.select(files).where(files.c.detached_at.is_(None), *where)
    return list(connection.execute(attached.order_by(files.c.attached_at, files.c.id)))
