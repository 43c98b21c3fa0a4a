"""What managers and teams are to achieve."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata

target_facts = sa.Table(
    "target_facts",
    metadata,
    sa.Column("target_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("team_id", sa.Uuid),
    sa.Column("measure", sa.String(12), nullable=False),
    sa.Column("first_month", sa.Integer, nullable=False, doc="counted from the beginning of our era"),
    sa.Column("end_month", sa.Integer, nullable=False, doc="the first one after it"),
    sa.Column("value", sa.BigInteger, nullable=False, doc="minor units of the base currency, or a count"),
    sa.Column("stands", sa.Boolean, nullable=False, doc="it is not withdrawn"),
    sa.Index(None, "first_month"),
)
"""Append-only: each target as it stood after each of its events."""
