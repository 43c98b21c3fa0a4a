"""Segments and their members."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.contacts.storage.tables.schema import SearchText, metadata

segments = sa.Table(
    "segments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("sequence", sa.BigInteger, nullable=False, doc="of the last event, those of members included"),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("name_key", SearchText, nullable=False, doc="the name as it is compared"),
    sa.Column("rule", Json, doc="NULL: members are named by hand"),
    sa.Column("registered_at", UtcDateTime, nullable=False),
    sa.Index(None, "name_key", unique=True),
)

segment_members = sa.Table(
    "segment_members",
    metadata,
    sa.Column("segment_id", sa.Uuid, sa.ForeignKey("segments.id"), primary_key=True),
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), primary_key=True, index=True),
    sa.Column("since", UtcDateTime, nullable=False),
)
