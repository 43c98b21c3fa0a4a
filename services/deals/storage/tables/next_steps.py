"""The next steps of deals."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

PLANNED = sa.text("status = 'PLANNED'")

next_steps = sa.Table(
    "next_steps",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("subject", sa.String(500), nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("remind_at", UtcDateTime),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("planned_at", UtcDateTime, nullable=False),
    sa.Column("closed_at", UtcDateTime),
    sa.Index("ix_next_steps_deal", "deal_id", "planned_at", "id"),
    sa.Index("uq_next_steps_planned", "deal_id", unique=True, sqlite_where=PLANNED, postgresql_where=PLANNED),
)
