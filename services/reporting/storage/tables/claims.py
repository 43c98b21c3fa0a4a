"""Claims: their facts, and how satisfied clients are."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
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
    sa.Column("cause", sa.String(20)),
    sa.Column("root_cause", sa.String(20)),
    sa.Column("products", Json),
    sa.Column(
        "registered_at", UtcDateTime, doc="NULL, as all that follows: a fact that did not say how the claim stood"
    ),
    sa.Column("has_targets", sa.Boolean),
    sa.Column("first_response_due_at", UtcDateTime),
    sa.Column("first_responded_at", UtcDateTime, doc="may lie before the fact that tells of it"),
    sa.Column("first_response_seconds", sa.Integer, doc="business time"),
    sa.Column("resolution_due_at", UtcDateTime),
    sa.Column("resolution_seconds", sa.Integer, doc="business time"),
    sa.Column("waiting_since", UtcDateTime),
    sa.Column("resolved_at", UtcDateTime),
    sa.Index(None, "kind", "occurred_at"),
)
"""Append-only: every fact of every claim, with the claim as it stood after it."""


def _of_satisfaction() -> list[sa.Column[Any]]:
    return [
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("about_kind", sa.String(10), nullable=False),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("partner_id", sa.Uuid, index=True),
        sa.Column("deal_id", sa.Uuid),
        sa.Column("manager_id", sa.Uuid, doc="who was responsible then"),
        sa.Column("respondent_id", sa.Uuid, doc="NULL: the client itself"),
        sa.Column("scale", sa.String(10), nullable=False),
    ]


satisfaction_requests = sa.Table(
    "satisfaction_requests",
    metadata,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    *_of_satisfaction(),
    sa.Index(None, "occurred_at"),
)
"""Append-only: that somebody was asked how satisfied they are."""

satisfaction_facts = sa.Table(
    "satisfaction_facts",
    metadata,
    sa.Column("response_id", sa.Uuid, primary_key=True),
    *_of_satisfaction(),
    sa.Column("score", sa.SmallInteger, nullable=False),
    sa.Column("request_id", sa.Uuid, index=True, doc="what was answered by it"),
    sa.Index(None, "about_id", "occurred_at"),
    sa.Index(None, "occurred_at"),
)
"""Append-only: what was answered; of a respondent, about one thing and on one scale, the latest counts."""
