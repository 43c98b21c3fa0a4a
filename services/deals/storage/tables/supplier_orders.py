"""Supplier orders and their lines."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

supplier_orders = sa.Table(
    "supplier_orders",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("supplier_id", sa.Uuid, nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("ordered_on", sa.Date, nullable=False),
    sa.Column("expected_on", sa.Date),
    sa.Column("currency", sa.String(3), doc="NULL where the price of a line is not known"),
    sa.Column("amount_minor", sa.BigInteger),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)


supplier_order_lines = sa.Table(
    "supplier_order_lines",
    metadata,
    sa.Column("supplier_order_id", sa.Uuid, sa.ForeignKey("supplier_orders.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("order_id", sa.Uuid, sa.ForeignKey("customer_orders.id"), nullable=False, index=True),
    sa.Column("order_line", sa.Integer, nullable=False, doc="the line of the customer order it is bought for"),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False),
    sa.Column("received", sa.BigInteger, nullable=False),
    sa.Column("price_minor", sa.BigInteger),
    sa.Column("currency", sa.String(3)),
)


files = sa.Table(
    "files",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("media_type", sa.String(127), nullable=False),
    sa.Column("bytes", sa.BigInteger, nullable=False),
    sa.Column("location", sa.String(2000), nullable=False, doc="a URL or a key of a store; the contents are not here"),
    sa.Column("sha256", sa.String(64)),
    sa.Column("attached_on", sa.Date, nullable=False),
    sa.Column("attached_at", UtcDateTime, nullable=False),
    sa.Column("attached_by", sa.String(200), nullable=False),
    sa.Column("detached_at", UtcDateTime),
)
