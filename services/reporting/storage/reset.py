"""Emptying the projections, to hear everything again."""

from __future__ import annotations

import sqlalchemy as sa

from services.reporting.storage.tables import PROJECTIONS


def reset(connection: sa.Connection) -> None:
    """Empty all projections; the caller forgets, in the same transaction, what of the sources was handled."""
    for table in PROJECTIONS:
        connection.execute(table.delete())
