"""What deals in progress ask for: their steps, what happened around them, and with whom they are."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata


def _fact(subject: str) -> list[sa.Column[object]]:
    return [
        sa.Column(subject, sa.Uuid, primary_key=True),
        sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
    ]


step_facts = sa.Table(
    "step_facts",
    metadata,
    *_fact("step_id"),
    sa.Column("deal_id", sa.Uuid, nullable=False, index=True),
    sa.Column("is_planned", sa.Boolean, nullable=False),
    sa.Column("due_at", UtcDateTime, nullable=False),
)
"""Append-only: each next step of a deal as it stood after each of its events."""

document_facts = sa.Table(
    "document_facts",
    metadata,
    sa.Column("deal_id", sa.Uuid, primary_key=True),
    sa.Column("occurred_at", UtcDateTime, primary_key=True),
    sa.Column("recorded_at", UtcDateTime, primary_key=True),
)
"""Append-only: when something happened to documents of each deal."""

partner_roles = sa.Table(
    "partner_roles",
    metadata,
    *_fact("partner_id"),
    sa.Column("is_client", sa.Boolean, nullable=False),
    sa.Column("is_prospect", sa.Boolean, nullable=False),
)
"""Append-only: whether each partner was a client or a prospect after each change."""
