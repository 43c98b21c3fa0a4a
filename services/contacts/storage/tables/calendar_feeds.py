"""Calendar feeds: who has a secret reads what a manager has planned."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

calendar_feeds = sa.Table(
    "calendar_feeds",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("manager_id", sa.Uuid, sa.ForeignKey("managers.id"), nullable=False, index=True),
    sa.Column("secret_hash", sa.String(64), nullable=False, unique=True, doc="SHA-256; the secret itself is not kept"),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("revoked_at", UtcDateTime),
)
