"""References to files in the database; one that is detached stays, for the record."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from services.deals.storage.tables import files


def read_files(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[sa.Row[Any]]:
    """Read the files that fit and are attached, the oldest first."""
    attached = sa.select(files).where(files.c.detached_at.is_(None), *where)
    return list(connection.execute(attached.order_by(files.c.attached_at, files.c.id)))
