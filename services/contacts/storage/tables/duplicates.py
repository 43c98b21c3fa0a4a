"""Pairs of partners that may be one and the same."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.contacts.storage.tables.schema import metadata

duplicate_pairs = sa.Table(
    "duplicate_pairs",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    # the lower id first, so that a pair stands once
    sa.Column("first_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False),
    sa.Column("second_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False, index=True),
    sa.Column("score", sa.Integer, nullable=False, doc="in ten thousandths"),
    sa.Column("reasons", Json, nullable=False),
    sa.Column("status", sa.String(10), nullable=False),
    sa.Column("found_at", UtcDateTime, nullable=False),
    sa.Column("dismissed_at", UtcDateTime),
    sa.Column("dismissed_by", sa.String(200)),
    sa.Index(None, "first_id", "second_id", unique=True),
    sa.Index(None, "status", "score", "id"),
)
