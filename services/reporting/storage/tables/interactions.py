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
    sa.Column("thing_id", sa.Uuid, primary_key=True, index=True),
)
"""Append-only: the partners and deals that each interaction was about."""

client_words = sa.Table(
    "client_words",
    metadata,
    sa.Column("partner_id", sa.Uuid, primary_key=True),
    sa.Column("occurred_at", UtcDateTime, primary_key=True),
    sa.Column("interaction_id", sa.Uuid, primary_key=True, index=True),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("corrected_at", UtcDateTime, doc="when it was first known that another one stands in its place"),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("answers", sa.Boolean, nullable=False, doc="it answers; else it waits for an answer"),
)
"""What clients wrote that waits for an answer, and what went out to them: see domain/managers/responses."""

response_waits = sa.Table(
    "response_waits",
    metadata,
    sa.Column("partner_id", sa.Uuid, primary_key=True),
    sa.Column("began_at", UtcDateTime, primary_key=True),
    sa.Column("interaction_id", sa.Uuid, primary_key=True),
    sa.Column("manager_id", sa.Uuid, nullable=False),
    sa.Column("answered_at", UtcDateTime),
    sa.Column("took", sa.BigInteger, doc="business time, microseconds"),
    sa.Column("cell", sa.Integer, doc="where it lies among others: see domain/spread"),
    sa.Index(None, "began_at"),
    sa.Index(None, "cell", "manager_id", "took", "began_at"),
)
"""How long clients waited for answers, as far as is known now."""
