"""Managers and teams."""

from __future__ import annotations

import sqlalchemy as sa

from services.contacts.storage.tables.schema import SearchText, metadata

teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("name_key", SearchText, nullable=False, doc="the name as it is compared"),
    # no foreign key: managers and teams point at each other, and SQLite cannot add one later
    sa.Column("head_id", sa.Uuid),
    sa.Column("parent_id", sa.Uuid, sa.ForeignKey("teams.id")),
    sa.Index(None, "name_key", unique=True),
)


managers = sa.Table(
    "managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("name", sa.String(250), nullable=False),
    sa.Column("name_search", SearchText, nullable=False),
    sa.Column("email", sa.String(320)),
    sa.Column("time_zone", sa.String(100), doc="NULL: the enterprise's"),
    sa.Column("team_id", sa.Uuid, sa.ForeignKey("teams.id"), index=True),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Index(None, "name_search", "id"),
    sa.Index(None, "external_system", "external_id", unique=True),
)
