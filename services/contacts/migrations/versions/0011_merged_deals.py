"""What was merged among deals, by which timelines and interactions are shown."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the copy."""
    op.create_table(
        "merged_deals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=True),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_merged_deals"),
    )
    op.create_index("ix_merged_deals_into_id", "merged_deals", ["into_id"])
