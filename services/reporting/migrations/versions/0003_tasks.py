"""Tasks, as they stood after each of their events."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "task_facts",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("due_at", UtcDateTime),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("partner_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("task_id", "sequence", name=op.f("pk_task_facts")),
    )
    op.create_index("ix_task_facts_due_at", "task_facts", ["due_at"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("task_facts")
