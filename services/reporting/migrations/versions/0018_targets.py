"""What managers and teams are to achieve; nothing was told of it before."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "target_facts",
        sa.Column("target_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("first_month", sa.Integer(), nullable=False),
        sa.Column("end_month", sa.Integer(), nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.Column("stands", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("target_id", "sequence", name=op.f("pk_target_facts")),
    )
    op.create_index(op.f("ix_target_facts_first_month"), "target_facts", ["first_month"])


def downgrade() -> None:
    """Take it away."""
    op.drop_table("target_facts")
