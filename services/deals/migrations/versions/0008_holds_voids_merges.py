"""Deals on hold, voided and merged."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_COLUMNS = ("held_since", "held_until", "voided_at", "merged_into_id")


def upgrade() -> None:
    """Add the columns and the intervals of holds."""
    for name in _COLUMNS:
        op.add_column("deals", sa.Column(name, sa.Uuid() if name == "merged_into_id" else UtcDateTime))
    op.create_index("ix_deals_merged", "deals", ["merged_into_id"])
    op.create_table(
        "holds",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("held_at", UtcDateTime, nullable=False),
        sa.Column("ended_at", UtcDateTime),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_holds_deal_id")),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_holds")),
    )


def downgrade() -> None:
    """Take them away."""
    op.drop_table("holds")
    op.drop_index("ix_deals_merged", "deals")
    for name in _COLUMNS:
        op.drop_column("deals", name)
