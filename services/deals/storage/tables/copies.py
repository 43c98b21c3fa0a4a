"""Local copies of what contacts owns, as far as deals need it."""

from __future__ import annotations

import sqlalchemy as sa

from services.deals.storage.tables.schema import metadata

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the partner in contacts, whose copy this is"),
    sa.Column("manager_id", sa.Uuid),
)


managers = sa.Table(
    "managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the manager in contacts, whose copy this is"),
    sa.Column("team_id", sa.Uuid, index=True),
)
