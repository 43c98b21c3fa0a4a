"""What partners prefer."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.contacts.storage.tables.schema import metadata

preferences = sa.Table(
    "preferences",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("partner_id", sa.Uuid, sa.ForeignKey("partners.id"), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("value", sa.String(100), nullable=False),
    sa.Column("weight_ten_thousandths", sa.Integer, nullable=False),
    sa.Column("source", sa.String(10), nullable=False),
    sa.Column("valid_from", sa.Date, nullable=False),
    sa.Column("valid_to", sa.Date, doc="the first day on which it holds no more"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Index(None, "partner_id", "kind", "valid_from"),
)
