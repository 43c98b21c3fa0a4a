"""What other services own, to know it by."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.reporting.storage.tables.schema import KEY, metadata

processes = sa.Table(
    "processes",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("key", KEY, nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column(
        "stages", Json, nullable=False, doc="[[key, rank, probability or null, allowed dwell in days or null], …]"
    ),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Every version of every sales process."""

manager_facts = sa.Table(
    "manager_facts",
    metadata,
    sa.Column("manager_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("team_id", sa.Uuid),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Append-only: the team of each manager, after each change of the manager."""

team_facts = sa.Table(
    "team_facts",
    metadata,
    sa.Column("team_id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("parent_id", sa.Uuid),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Append-only: the parent of each team, after each change of the team."""

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("source", sa.String(200), index=True),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
"""Where each partner came from: said once, as the partner is registered."""

merged_partners = sa.Table(
    "merged_partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("into_id", sa.Uuid, index=True),
)
"""Into which partner each was merged, as of now; NULL: not any more."""
