"""Goods that leave and goods that come back, line by line of what was ordered."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

shipment_lines = sa.Table(
    "shipment_lines",
    metadata,
    sa.Column("shipment_id", sa.Uuid, sa.ForeignKey("shipments.id"), primary_key=True),
    sa.Column("order_id", sa.Uuid, sa.ForeignKey("customer_orders.id"), primary_key=True),
    sa.Column("line", sa.Integer, primary_key=True, doc="the number of the order's line"),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False),
    sa.Column("returned", sa.BigInteger, nullable=False, doc="how much of it has come back"),
    sa.Column("worth_minor", sa.BigInteger, nullable=False),
)


returns = sa.Table(
    "returns",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("shipment_id", sa.Uuid, sa.ForeignKey("shipments.id"), nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("returned_on", sa.Date, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)


return_lines = sa.Table(
    "return_lines",
    metadata,
    sa.Column("return_id", sa.Uuid, sa.ForeignKey("returns.id"), primary_key=True),
    sa.Column("order_id", sa.Uuid, primary_key=True),
    sa.Column("line", sa.Integer, primary_key=True),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False),
    sa.Column("worth_minor", sa.BigInteger, nullable=False),
)
