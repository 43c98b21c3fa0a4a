"""The tables of claims; of what other services own, copies of as much as is needed to say who may see a claim."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from chassis.store.tables import service_metadata
from chassis.store.types import UtcDateTime
from services.claims.domain.claim import Severity

metadata = service_metadata()

_RANKED = list(Severity)


class SeverityRank(sa.TypeDecorator[Severity]):
    """A severity as its rank, so that the database sorts it."""

    impl = sa.SmallInteger
    cache_ok = True

    @property
    def python_type(self) -> type[Severity]:
        """Tell what the column's values are in Python."""
        return Severity

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> Any:
        """Store the rank, from 1."""
        return None if value is None else _RANKED.index(Severity(value)) + 1

    def process_result_value(self, value: Any, dialect: sa.Dialect) -> Severity | None:
        """Read the rank."""
        return None if value is None else _RANKED[value - 1]


claims = sa.Table(
    "claims",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("partner_id", sa.Uuid, nullable=False),
    sa.Column("deal_id", sa.Uuid),
    sa.Column("subject", sa.String(200), nullable=False),
    sa.Column("description", sa.Text),
    sa.Column("severity", SeverityRank, nullable=False),
    sa.Column("cause", sa.String(20), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("assignee_id", sa.Uuid),
    sa.Column("registered_at", UtcDateTime, nullable=False),
    sa.Column("last_fact_at", UtcDateTime, nullable=False),
    sa.Column("resolved_at", UtcDateTime),
    sa.Column("resolution", sa.Text),
    sa.Index(None, "registered_at", "id"),
    sa.Index(None, "severity", "registered_at", "id"),
    sa.Index(None, "partner_id", "registered_at", "id"),
    sa.Index(None, "deal_id", "registered_at", "id"),
    sa.Index(None, "assignee_id", "registered_at", "id"),
)

# one row, locked by whoever registers until the commit: no number is given twice, on either database
numbers = sa.Table(
    "numbers",
    metadata,
    sa.Column("series", sa.String(20), primary_key=True),
    sa.Column("last", sa.BigInteger, nullable=False),
)

partners = sa.Table(
    "partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("manager_id", sa.Uuid, index=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)

merged_partners = sa.Table(
    "merged_partners",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("into_id", sa.Uuid, index=True, doc="NULL: not merged any more"),
    sa.Column("survivor_id", sa.Uuid, index=True, doc="where such pointers end"),
)

managers = sa.Table(
    "managers",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("team_id", sa.Uuid, index=True),
    sa.Column("sequence", sa.BigInteger, nullable=False),
)

deals = sa.Table(
    "deals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid),
    sa.Column("sequence", sa.BigInteger, nullable=False),
    sa.Column("merged_into_id", sa.Uuid, index=True, doc="registered twice: the deal that survives"),
)
