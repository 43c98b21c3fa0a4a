"""Supplier orders, and references to files."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "files",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=255), nullable=False),
        sa.Column("media_type", sa.String(length=127), nullable=False),
        sa.Column("bytes", sa.BigInteger(), nullable=False),
        sa.Column("location", sa.String(length=2000), nullable=False),
        sa.Column("sha256", sa.String(length=64)),
        sa.Column("attached_on", sa.Date(), nullable=False),
        sa.Column("attached_at", UtcDateTime, nullable=False),
        sa.Column("attached_by", sa.String(length=200), nullable=False),
        sa.Column("detached_at", UtcDateTime),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_files_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_files")),
    )
    op.create_index("ix_files_deal_id", "files", ["deal_id"])
    op.create_table(
        "supplier_orders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("supplier_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("ordered_on", sa.Date(), nullable=False),
        sa.Column("expected_on", sa.Date()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_supplier_orders_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_supplier_orders")),
    )
    op.create_index("ix_supplier_orders_deal_id", "supplier_orders", ["deal_id"])
    op.create_index("ix_supplier_orders_supplier_id", "supplier_orders", ["supplier_id"])
    op.create_table(
        "supplier_order_lines",
        sa.Column("supplier_order_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("order_id", sa.Uuid(), nullable=False),
        sa.Column("order_line", sa.Integer(), nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.Column("quantity", sa.BigInteger(), nullable=False),
        sa.Column("received", sa.BigInteger(), nullable=False),
        sa.Column("price_minor", sa.BigInteger()),
        sa.Column("currency", sa.String(length=3)),
        sa.ForeignKeyConstraint(["order_id"], ["customer_orders.id"], name=op.f("fk_supplier_order_lines_order_id")),
        sa.ForeignKeyConstraint(
            ["supplier_order_id"], ["supplier_orders.id"], name=op.f("fk_supplier_order_lines_supplier_order_id")
        ),
        sa.PrimaryKeyConstraint("supplier_order_id", "number", name=op.f("pk_supplier_order_lines")),
    )
    op.create_index("ix_supplier_order_lines_order_id", "supplier_order_lines", ["order_id"])


def downgrade() -> None:
    """Take the revision back."""
    op.drop_index("ix_supplier_order_lines_order_id", "supplier_order_lines")
    op.drop_table("supplier_order_lines")
    op.drop_index("ix_supplier_orders_supplier_id", "supplier_orders")
    op.drop_index("ix_supplier_orders_deal_id", "supplier_orders")
    op.drop_table("supplier_orders")
    op.drop_index("ix_files_deal_id", "files")
    op.drop_table("files")
