"""Deals that went from one manager to another."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import KEY, metadata

hand_over_facts = sa.Table(
    "hand_over_facts",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("from_id", sa.Uuid, nullable=False),
    sa.Column("to_id", sa.Uuid, nullable=False),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("process_key", KEY, nullable=False),
    sa.Column("base_minor", sa.BigInteger, nullable=False, doc="what the deal was worth, as it was told then; 0: none"),
    sa.Column("unconverted", sa.Boolean, nullable=False),
    sa.Index(None, "occurred_at"),
)
"""Append-only: every time that a deal had another manager before."""
