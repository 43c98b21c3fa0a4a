"""Sales targets."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

sales_targets = sa.Table(
    "sales_targets",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("team_id", sa.Uuid),
    sa.Column("measure", sa.String(12), nullable=False),
    sa.Column("period", sa.String(7), nullable=False),
    sa.Column("first_on", sa.Date, nullable=False),
    sa.Column("currency", sa.String(3)),
    sa.Column("amount_minor", sa.BigInteger),
    sa.Column("count", sa.BigInteger),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Index("uq_sales_targets_manager", "manager_id", "measure", "period", "first_on", unique=True),
    sa.Index("uq_sales_targets_team", "team_id", "measure", "period", "first_on", unique=True),
)
"""Each target as it was set last: of a manager or a team, one for each measure and period."""
