"""Hand-overs of managers' partners and plans."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

hand_overs = sa.Table(
    "hand_overs",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("from_manager_id", sa.Uuid, sa.ForeignKey("managers.id"), nullable=False),
    sa.Column("to_manager_id", sa.Uuid, sa.ForeignKey("managers.id"), nullable=False),
    sa.Column("deals", sa.Boolean, nullable=False),
    sa.Column("plans", sa.Boolean, nullable=False),
    sa.Column("reason", sa.String(500)),
    sa.Column("completed", sa.Boolean, nullable=False),
    sa.Column("partners", sa.Integer, nullable=False, doc="how many were handed over"),
    sa.Column("interactions", sa.Integer, nullable=False),
    sa.Column("reminders", sa.Integer, nullable=False),
    sa.Column("asked_by", sa.String(200), nullable=False),
    sa.Column("asked_at", UtcDateTime, nullable=False),
)
