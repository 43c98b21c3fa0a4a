"""What belongs to deals: shipments."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

shipments = sa.Table(
    "shipments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("shipped_on", sa.Date, nullable=False),
    sa.Column("complete", sa.Boolean, nullable=False),
    sa.Column("order_id", sa.Uuid, doc="NULL: of no order, or of several"),
    sa.Column("amount_minor", sa.BigInteger, doc="what the goods cost; NULL where no lines are known"),
    sa.Column("currency", sa.String(3)),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
