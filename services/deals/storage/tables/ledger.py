"""Payments, obligations, and what fulfils them."""

from __future__ import annotations

import sqlalchemy as sa

from chassis.store.types import UtcDateTime
from services.deals.storage.tables.schema import metadata

payments = sa.Table(
    "payments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("order_id", sa.Uuid, sa.ForeignKey("customer_orders.id")),
    sa.Column("number", sa.String(100), nullable=False),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("amount_minor", sa.BigInteger, nullable=False),
    sa.Column("currency", sa.String(3), nullable=False),
    sa.Column("paid_on", sa.Date, nullable=False),
    sa.Column("reversed_on", sa.Date),
    sa.Column("external_system", sa.String(100)),
    sa.Column("external_id", sa.String(200)),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("external_system", "external_id"),
)


obligations = sa.Table(
    "obligations",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("deal_id", sa.Uuid, sa.ForeignKey("deals.id"), nullable=False, index=True),
    sa.Column("version", sa.BigInteger, nullable=False),
    sa.Column("debtor", sa.String(20), nullable=False),
    sa.Column("kind", sa.String(20), nullable=False),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("currency", sa.String(3), doc="NULL: a quantity is owed, not money"),
    sa.Column("size", sa.BigInteger, nullable=False, doc="minor units of the currency, or millionths"),
    sa.Column("fulfilled", sa.BigInteger, nullable=False, doc="what the fulfilments add up to"),
    sa.Column("due_on", sa.Date, nullable=False),
    sa.Column("original_due_on", sa.Date, nullable=False),
    sa.Column("order_id", sa.Uuid),
    sa.Column("line", sa.Integer),
    sa.Column("shipment_id", sa.Uuid),
    sa.Column("instalment", sa.Integer, doc="its place in the order's payment schedule"),
    sa.Column("note", sa.String(1000)),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Index("ix_obligations_due", "status", "due_on", "id"),
    sa.Index("ix_obligations_day", "due_on", "id"),
)


fulfilments = sa.Table(
    "fulfilments",
    metadata,
    sa.Column("id", sa.Uuid, primary_key=True),
    sa.Column("obligation_id", sa.Uuid, sa.ForeignKey("obligations.id"), nullable=False, index=True),
    sa.Column("size", sa.BigInteger, nullable=False, doc="less than zero takes back"),
    sa.Column("fulfilled_on", sa.Date, nullable=False),
    sa.Column("source_id", sa.Uuid, index=True, doc="the payment or shipment; NULL where somebody said so"),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
)
