"""Customer orders and their lines."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import Json, UtcDateTime
from services.deals.storage.tables.schema import metadata

customer_orders = sa.Table(
    "customer_orders",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("ordered_on", sa.Date, nullable=False),
    sa.Column("promised_on", sa.Date),
    sa.Column("payment_due_on", sa.Date),
    sa.Column("tax_included", sa.Boolean, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("gross_minor", sa.BigInteger, nullable=False, doc="what the lines add up to"),
    sa.Column("last_number", sa.Integer, nullable=False, doc="no line gets the number of one that was taken out"),
    sa.Column("proposal_id", sa.Uuid, index=True),
    sa.Column("confirmed_at", UtcDateTime),
    sa.Column("instalments", Json, doc="how it is paid for, as agreed on; NULL while nothing is"),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("external_system", "external_id"),
)


customer_order_lines = sa.Table(
    "customer_order_lines",
    metadata,
    sa.Column("order_id", sa.Uuid, sa.ForeignKey("customer_orders.id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("product", sa.String(200), nullable=False),
    sa.Column("quantity", sa.BigInteger, nullable=False, doc="millionths, as all quantities here"),
    sa.Column("price_minor", sa.BigInteger, nullable=False),
    sa.Column("discount_ppm", sa.Integer, doc="parts per million: a percent is 10,000"),
    sa.Column("tax_ppm", sa.Integer),
    sa.Column("in_stock", sa.BigInteger, nullable=False),
    sa.Column("shipped", sa.BigInteger, nullable=False, doc="less what came back"),
    sa.Column("procured", sa.BigInteger, nullable=False, doc="on supplier orders that stand, or received from them"),
    sa.Column("promised_on", sa.Date),
)
