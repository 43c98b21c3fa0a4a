"""Approvals of the head of sales."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

approvals = sa.Table(
    "approvals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("process_id", sa.Uuid, nullable=False),
    sa.Column("stage", sa.String(50), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("task_id", sa.Uuid, doc="of whoever is to decide"),
    sa.Column("note", sa.String(1000)),
    sa.Column("requested_at", UtcDateTime, nullable=False),
    sa.Column("requested_by", sa.String(200), nullable=False),
    sa.Column("decided_at", UtcDateTime),
    sa.Column("decided_by", sa.String(200)),
    sa.Column("decision_note", sa.String(1000)),
    sa.Index("ix_approvals_status", "status", "requested_at", "id"),
)
