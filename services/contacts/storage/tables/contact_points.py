"""How partners, persons and legal entities can be reached, and every change of that."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import BigId, Json, UtcDateTime
from services.contacts.storage.tables.schema import metadata

_PRIMARY = sa.text("is_primary")

contact_points = sa.Table(
    "contact_points",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    # of a partner, a person or a legal entity: the id itself says which, so that one read finds those of all three
    sa.Column("owner_id", sa.Uuid, nullable=False, index=True),
    sa.Column("place", sa.Integer, nullable=False, doc="its place in the owner's list"),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("value", sa.String(700), nullable=False),
    sa.Column("original", sa.String(500), nullable=False),
    sa.Column("extension", sa.String(50)),
    sa.Column("messenger", sa.String(20)),
    sa.Column("address", Json),
    sa.Column("is_primary", sa.Boolean, nullable=False),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_to", sa.Date, doc="the first day on which it holds no more"),
    sa.Index(None, "kind", "value"),  # who has this number, this address
    sa.Index(
        "ix_contact_points_primary",
        "owner_id",
        "kind",
        unique=True,
        postgresql_where=_PRIMARY,
        sqlite_where=_PRIMARY,
    ),
)

contact_point_changes = sa.Table(
    "contact_point_changes",
    metadata,
    sa.Column("id", BigId, primary_key=True, autoincrement=True),
    sa.Column("contact_point_id", sa.Uuid, nullable=False, index=True),
    sa.Column("owner_id", sa.Uuid, nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("action", sa.String(10), nullable=False),
    sa.Column("before", Json),
    sa.Column("after", Json),
    sa.Column("actor", sa.String(200), nullable=False),
    sa.Column("member_id", sa.Uuid),
    sa.Column("changed_at", UtcDateTime, nullable=False),
    sa.Index(None, "owner_id", "id"),
)
