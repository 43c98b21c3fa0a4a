"""Proposals: their versions, the lines of these, and what clients answered."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

proposals = sa.Table(
    "proposals",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False, doc="counts changes; the versions of the offer have numbers"),
    sa.Column("dated_on", sa.Date, nullable=False, doc="the business day of the last sending, or of the first draft"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
)


proposal_versions = sa.Table(
    "proposal_versions",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("proposal_id", sa.Uuid, sa.ForeignKey("proposals.id"), nullable=False),
    sa.Column("number", sa.Integer, nullable=False, doc="counts the versions of the proposal from 1"),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("valid_until", sa.Date, doc="the last day"),
    sa.Column("note", sa.String(4000)),
    sa.Column("sent_at", UtcDateTime),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("proposal_id", "number"),
)


proposal_lines = sa.Table(
    "proposal_lines",
    metadata,
    sa.Column("version_id", sa.Uuid, sa.ForeignKey("proposal_versions.id"), primary_key=True),
    sa.Column("place", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("alternative", sa.String(100), doc="NULL: part of the offer whatever the client takes"),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False, doc="in millionths"),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("discount_ppm", sa.Integer, doc="parts per million: a percent is 10,000"),
    sa.Column("tax_ppm", sa.Integer),
    sa.Column("tax_included", sa.Boolean, nullable=False, doc="the price holds the tax already"),
)


_EFFECTIVE = sa.text("replaced_at IS NULL")

proposal_responses = sa.Table(
    "proposal_responses",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version_id", sa.Uuid, sa.ForeignKey("proposal_versions.id"), nullable=False, index=True),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("reason", sa.String(50), sa.ForeignKey("loss_reasons.key")),
    sa.Column("competitor_id", sa.Uuid),
    sa.Column("deferred_until", sa.Date),
    sa.Column("comment", sa.String(1000)),
    sa.Column("alternative", sa.String(100)),
    sa.Column("amount_minor", sa.BigInteger, doc="what an accepted version comes to, with tax"),
    sa.Column("currency", sa.String(3)),
    sa.Column("base_minor", sa.BigInteger, doc="NULL: no rate is known"),
    sa.Column("occurred_at", UtcDateTime, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("recorded_by", sa.String(200), nullable=False),
    sa.Column("replaced_at", UtcDateTime, doc="NULL: this is the response that counts"),
    sa.Index(
        "uq_proposal_responses_effective",
        "version_id",
        unique=True,
        postgresql_where=_EFFECTIVE,
        sqlite_where=_EFFECTIVE,
    ),
)
