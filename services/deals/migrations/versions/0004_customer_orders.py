"""Customer orders and their lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "customer_orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("promised_on", sa.Date()),
        sa.Column("payment_due_on", sa.Date()),
        sa.Column("tax_included", sa.Boolean(), nullable=False),
        sa.Column("currency", sa.String(length=3), nullable=False),
        sa.Column("gross_minor", sa.BigInteger(), nullable=False),
        sa.Column("last_number", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Uuid()),
        sa.Column("confirmed_at", UtcDateTime),
        sa.Column("external_system", sa.String(length=100)),
        sa.Column("external_id", sa.String(length=200)),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_customer_orders_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_customer_orders")),
        sa.UniqueConstraint(
            "external_system", "external_id", name=op.f("uq_customer_orders_external_system_external_id")
        ),
    )
    op.create_index("ix_customer_orders_deal_id", "customer_orders", ["deal_id"])
    op.create_index("ix_customer_orders_proposal_id", "customer_orders", ["proposal_id"])
    op.create_table(
        "customer_order_lines",
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_ppm", sa.Integer()),
        sa.Column("tax_ppm", sa.Integer()),
        sa.Column("in_stock", sa.BigInteger(), nullable=False),
        sa.Column("shipped", sa.BigInteger(), nullable=False),
        sa.Column("procured", sa.BigInteger(), nullable=False),
        sa.Column("promised_on", sa.Date()),
        sa.ForeignKeyConstraint(["order_id"], ["customer_orders.id"], name=op.f("fk_customer_order_lines_order_id")),
        sa.PrimaryKeyConstraint("order_id", "number", name=op.f("pk_customer_order_lines")),
    )


def downgrade() -> None:
    """Take the revision back."""
    op.drop_table("customer_order_lines")
    op.drop_index("ix_customer_orders_proposal_id", "customer_orders")
    op.drop_index("ix_customer_orders_deal_id", "customer_orders")
    op.drop_table("customer_orders")
