"""Goods line by line, payments, obligations and what fulfils them; how an order is paid for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "obligations",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("debtor", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("fulfilled", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("original_due_on", sa.Date(), nullable=False),
        sa.Column("order_id", sa.Uuid()),
        sa.Column("line", sa.Integer()),
        sa.Column("shipment_id", sa.Uuid()),
        sa.Column("instalment", sa.Integer()),
        sa.Column("note", sa.String(length=1000)),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_obligations_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligations")),
    )
    op.create_index("ix_obligations_deal_id", "obligations", ["deal_id"])
    op.create_index("ix_obligations_due", "obligations", ["status", "due_on", "id"])
    op.create_table(
        "fulfilments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("obligation_id", sa.Uuid(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("fulfilled_on", sa.Date(), nullable=False),
        sa.Column("source_id", sa.Uuid()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["obligation_id"], ["obligations.id"], name=op.f("fk_fulfilments_obligation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fulfilments")),
    )
    op.create_index("ix_fulfilments_obligation_id", "fulfilments", ["obligation_id"])
    op.create_index("ix_fulfilments_source_id", "fulfilments", ["source_id"])
    op.create_table(
        "payments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid()),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=False),
        sa.Column("reversed_on", sa.Date()),
        sa.Column("external_system", sa.String(length=100)),
        sa.Column("external_id", sa.String(length=200)),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_payments_deal_id")),
        sa.ForeignKeyConstraint(["order_id"], ["customer_orders.id"], name=op.f("fk_payments_order_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_payments")),
        sa.UniqueConstraint("external_system", "external_id", name=op.f("uq_payments_external_system_external_id")),
    )
    op.create_index("ix_payments_deal_id", "payments", ["deal_id"])
    op.create_table(
        "returns",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("returned_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_returns_deal_id")),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipments.id"], name=op.f("fk_returns_shipment_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
    )
    op.create_index("ix_returns_deal_id", "returns", ["deal_id"])
    op.create_index("ix_returns_shipment_id", "returns", ["shipment_id"])
    op.create_table(
        "shipment_lines",
        sa.Column("shipment_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("returned", sa.BigInteger(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["customer_orders.id"], name=op.f("fk_shipment_lines_order_id")),
        sa.ForeignKeyConstraint(["shipment_id"], ["shipments.id"], name=op.f("fk_shipment_lines_shipment_id")),
        sa.PrimaryKeyConstraint("shipment_id", "order_id", "line", name=op.f("pk_shipment_lines")),
    )
    op.create_table(
        "return_lines",
        sa.Column("return_id", sa.Uuid(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("worth_minor", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_return_lines_return_id")),
        sa.PrimaryKeyConstraint("return_id", "order_id", "line", name=op.f("pk_return_lines")),
    )
    op.add_column("customer_orders", sa.Column("instalments", Json))
    op.add_column("shipments", sa.Column("order_id", sa.Uuid()))
    op.add_column("shipments", sa.Column("amount_minor", sa.BigInteger()))
    op.add_column("shipments", sa.Column("currency", sa.String(length=3)))


def downgrade() -> None:
    """Take the revision back."""
    for table, column in (
        ("shipments", "currency"),
        ("shipments", "amount_minor"),
        ("shipments", "order_id"),
        ("customer_orders", "instalments"),
    ):
        op.drop_column(table, column)
    op.drop_table("return_lines")
    op.drop_table("shipment_lines")
    op.drop_index("ix_returns_shipment_id", "returns")
    op.drop_index("ix_returns_deal_id", "returns")
    op.drop_table("returns")
    op.drop_index("ix_payments_deal_id", "payments")
    op.drop_table("payments")
    op.drop_index("ix_fulfilments_source_id", "fulfilments")
    op.drop_index("ix_fulfilments_obligation_id", "fulfilments")
    op.drop_table("fulfilments")
    op.drop_index("ix_obligations_due", "obligations")
    op.drop_index("ix_obligations_deal_id", "obligations")
    op.drop_table("obligations")
