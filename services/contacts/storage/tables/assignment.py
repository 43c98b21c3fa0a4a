"""To whom new partners go, and whose turn it is."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json
from services.contacts.storage.tables.schema import metadata

assignment = sa.Table(
    "assignment",
    metadata,
    sa.Column("id", sa.SmallInteger, primary_key=True, autoincrement=False, doc="1: there is one list of rules"),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("rules", Json, nullable=False),
)

assignment_turns = sa.Table(
    "assignment_turns",
    metadata,
    sa.Column("team_id", sa.Uuid, sa.ForeignKey("teams.id"), primary_key=True),
    sa.Column("manager_id", sa.Uuid, doc="who had the last turn; NULL: nobody yet"),
)
