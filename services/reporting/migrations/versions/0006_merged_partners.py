"""Which partners were merged into others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of pointers."""
    op.create_table(
        "merged_partners",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("into_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_merged_partners")),
    )
    op.create_index(op.f("ix_merged_partners_into_id"), "merged_partners", ["into_id"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("merged_partners")
