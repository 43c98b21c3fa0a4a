"""Sale terms for a segment, and all that terms say; who belongs to which segment."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Widen the table of terms; make the copy of segments."""
    with op.batch_alter_table("sale_terms") as table:
        table.alter_column("partner_id", existing_type=sa.Uuid(), nullable=True)
        table.add_column(sa.Column("version", sa.BigInteger(), nullable=False, server_default="1"))
        table.add_column(sa.Column("segment_id", sa.Uuid()))
        table.add_column(sa.Column("name", sa.String(length=200)))
        table.add_column(sa.Column("price_type", sa.String(length=50)))
        table.add_column(sa.Column("max_discount_ppm", sa.Integer()))
        table.add_column(sa.Column("payment_schedule", Json))
        table.add_column(sa.Column("delivery_terms", sa.String(length=3)))
        table.add_column(sa.Column("minimum_minor", sa.BigInteger()))
        table.create_index("ix_sale_terms_segment_id", ["segment_id"])
    op.create_table(
        "segment_members",
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "partner_id", name=op.f("pk_segment_members")),
    )
    op.create_index("ix_segment_members_partner_id", "segment_members", ["partner_id"])


def downgrade() -> None:
    """Take it back; typical terms have no place there."""
    op.drop_table("segment_members")
    op.execute(sa.text("DELETE FROM sale_terms WHERE partner_id IS NULL"))
    with op.batch_alter_table("sale_terms") as table:
        table.drop_index("ix_sale_terms_segment_id")
        for column in (
            "minimum_minor",
            "delivery_terms",
            "payment_schedule",
            "max_discount_ppm",
            "price_type",
            "name",
            "segment_id",
            "version",
        ):
            table.drop_column(column)
        table.alter_column("partner_id", existing_type=sa.Uuid(), nullable=False)
