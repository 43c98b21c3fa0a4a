"""Segments: who belonged to them when."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.reporting.storage.tables.schema import metadata

segment_facts = sa.Table(
    "segment_facts",
    metadata,
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("partner_id", sa.Uuid, nullable=False),
    sa.Column("belongs", sa.Boolean, nullable=False, doc="from this fact on"),
    sa.Index(None, "segment_id", "partner_id", "sequence"),
)
"""Append-only: each partner who came to belong to a segment or ceased to."""
