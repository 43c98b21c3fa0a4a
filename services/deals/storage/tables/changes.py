"""The audit: who changed what, from what to what."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import BigId, UtcDateTime
from services.deals.storage.tables.schema import metadata

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("subject_id", sa.Uuid, nullable=False, doc="the aggregate that was changed"),
    sa.Column("subject_kind", sa.String(30), nullable=False),
    sa.Column("deal_id", sa.Uuid, doc="the deal that the subject is or belongs to"),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the subject, after the change"),
    sa.Column("field", sa.String(100), doc="as the API names it; NULL: the subject was made, as `new` tells"),
    sa.Column("old", sa.Text, doc="JSON; free text is kept here and in the subject's own row, nowhere else"),
    sa.Column("new", sa.Text),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Column("changed_by", sa.String(200), nullable=False),
    sa.Column("correlation_id", sa.String(64)),
    sa.Index("ix_changes_subject", "subject_id", "version"),
    sa.Index("ix_changes_deal", "deal_id", "id"),
)
"""Append-only, but for what an erased person's right asks for."""
