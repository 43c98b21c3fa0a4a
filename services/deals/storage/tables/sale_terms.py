"""Sale terms, and who belongs to the segments that typical ones are for."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.deals.storage.tables.schema import metadata

sale_terms = sa.Table(
    "sale_terms",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False, server_default="1"),
    sa.Column("partner_id", sa.Uuid, doc="NULL: typical terms, for a segment"),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), index=True, doc="NULL: for the whole client"),
    sa.Column("segment_id", sa.Uuid, index=True),
    sa.Column("name", sa.String(200)),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date, doc="the last day; NULL is without end"),
    sa.Column("price_type", sa.String(50)),
    sa.Column("discount_ppm", sa.Integer, doc="parts per million: a percent is 10,000"),
    sa.Column("max_discount_ppm", sa.Integer),
    sa.Column("payment_schedule", Json, doc="instalments with percent_ppm, offset_days, basis; NULL: none agreed"),
    sa.Column("delivery_terms", sa.String(3)),
    sa.Column("minimum_minor", sa.BigInteger),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Index("ix_sale_terms_partner", "partner_id", "valid_from"),
)


segment_members = sa.Table(
    "segment_members",
    metadata,
    sa.Column("segment_id", sa.Uuid, primary_key=True),
    sa.Column("partner_id", sa.Uuid, primary_key=True, index=True),
    sa.Column("version", sa.BigInteger, nullable=False, doc="of the segment in contacts, when it was told"),
    sa.Column("belongs", sa.Boolean, nullable=False),
)
