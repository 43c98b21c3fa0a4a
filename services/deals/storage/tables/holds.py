"""When deals were on hold."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

holds = sa.Table(
    "holds",
    metadata,
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False, doc="of the deal, as it was held"),
    sa.Column("held_at", UtcDateTime, nullable=False),
    sa.Column("ended_at", UtcDateTime, doc="resumed or lost; NULL while the deal is on hold"),
)
"""The intervals that count for no dwell."""
