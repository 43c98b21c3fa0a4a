"""Plans of work, and who heads a team."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "tasks",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.String(length=500), nullable=False),
        sa.Column("description", sa.String(length=5000)),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("due_on", sa.Date()),
        sa.Column("due_at", UtcDateTime),
        sa.Column("priority", sa.String(length=10), nullable=False),
        sa.Column("stage", sa.String(length=50)),
        sa.Column("template_key", sa.String(length=50)),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("progress", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime, nullable=False),
        sa.Column("completed_at", UtcDateTime),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_tasks_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tasks")),
    )
    op.create_index("ix_tasks_deal", "tasks", ["deal_id", "created_at", "id"])
    op.create_index("ix_tasks_assignee", "tasks", ["assignee_id", "status", "due_at"])
    op.create_table(
        "task_prerequisites",
        sa.Column("task_id", sa.Uuid(), nullable=False),
        sa.Column("prerequisite_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name=op.f("fk_task_prerequisites_task_id")),
        sa.ForeignKeyConstraint(["prerequisite_id"], ["tasks.id"], name=op.f("fk_task_prerequisites_prerequisite_id")),
        sa.PrimaryKeyConstraint("task_id", "prerequisite_id", name=op.f("pk_task_prerequisites")),
    )
    op.create_index("ix_task_prerequisites_prerequisite_id", "task_prerequisites", ["prerequisite_id"])
    op.create_table(
        "teams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("parent_id", sa.Uuid()),
        sa.Column("head_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("teams", "task_prerequisites", "tasks"):
        op.drop_table(table)
