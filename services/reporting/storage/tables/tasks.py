"""Tasks: their facts."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata

task_facts = sa.Table(
    "task_facts",
    metadata,
    sa.Column("task_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("is_open", sa.Boolean, nullable=False),
    sa.Column("done_at", UtcDateTime, doc="NULL: it is open, or was cancelled"),
    sa.Column("due_at", UtcDateTime),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("deal_id", sa.Uuid, index=True),
    sa.Column("partner_id", sa.Uuid),
    sa.Index(None, "due_at"),
)
"""Append-only: each task as it stood after each of its events."""
