"""What changed of partners, persons and legal entities: field by field, by whom and when; only ever added to."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import BigId, Json, UtcDateTime
from services.contacts.storage.tables.schema import metadata

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("thing_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False, doc="the thing's version after the change"),
    sa.Column("field", sa.String(50), nullable=False),
    sa.Column("before", Json),
    sa.Column("after", Json),
    sa.Column("actor", sa.String(200), nullable=False),
    sa.Column("member_id", sa.Uuid),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Index(None, "thing_id", "id"),
)
