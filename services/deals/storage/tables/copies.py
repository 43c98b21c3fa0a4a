"""Local copies of what contacts and claims own, as far as deals need it."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json
from services.deals.storage.tables.schema import metadata

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the partner in contacts, whose copy this is"),
    sa.Column("manager_id", sa.Uuid),
    sa.Column("roles", Json, doc="NULL: not heard of yet"),
)


managers = sa.Table(
    "managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the manager in contacts, whose copy this is"),
    sa.Column("team_id", sa.Uuid, index=True),
)


claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the claim in claims, whose copy this is"),
    sa.Column("deal_id", sa.Uuid, index=True),
    sa.Column("severity", sa.String(20), nullable=False),
    sa.Column("resolved", sa.Boolean, nullable=False),
)


teams = sa.Table(
    "teams",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the team in contacts, whose copy this is"),
    sa.Column("parent_id", sa.Uuid),
    sa.Column("head_id", sa.Uuid),
)
