"""Claims: their facts."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata

claim_facts = sa.Table(
    "claim_facts",
    metadata,
    sa.Column("claim_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("severity", sa.String(10), nullable=False),
    sa.Index(None, "kind", "occurred_at"),
)
"""Append-only: every fact of every claim."""
