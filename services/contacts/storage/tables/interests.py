"""What partners asked for when they came, and what became of it."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

interests = sa.Table(
    "interests",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False, index=True),
    sa.Column("source", sa.String(200)),
    sa.Column("campaign", sa.String(200)),
    sa.Column("text", sa.Text),
    sa.Column("amount_minor", sa.BigInteger),
    sa.Column("currency", sa.String(3)),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Index(None, "occurred_at", "id"),
    sa.Index(None, "status", "occurred_at", "id"),
)
