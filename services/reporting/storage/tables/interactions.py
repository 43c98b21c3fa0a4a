"""Interactions."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata

interaction_facts = sa.Table(
    "interaction_facts",
    metadata,
    sa.Column("interaction_id", sa.Uuid, primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("kind", sa.String(10), nullable=False),
    sa.Column("direction", sa.String(10), nullable=False),
    sa.Column("automatic", sa.Boolean, nullable=False),
    sa.Column("corrects_id", sa.Uuid, index=True),
    sa.Index(None, "occurred_at"),
)
"""Append-only: every interaction that took place, in a row for each manager who took part, in one for none."""

interaction_subjects = sa.Table(
    "interaction_subjects",
    metadata,
    sa.Column("interaction_id", sa.Uuid, primary_key=True),
    sa.Column("thing_id", sa.Uuid, primary_key=True),
)
"""Append-only: the partners and deals that each interaction was about."""
