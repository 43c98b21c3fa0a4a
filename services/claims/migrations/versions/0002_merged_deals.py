"""Which deals were merged into others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the pointer."""
    op.add_column("deals", sa.Column("merged_into_id", sa.Uuid()))
    op.create_index(op.f("ix_deals_merged_into_id"), "deals", ["merged_into_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_index(op.f("ix_deals_merged_into_id"), "deals")
    op.drop_column("deals", "merged_into_id")
