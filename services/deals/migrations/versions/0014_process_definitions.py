"""Drafts of sales processes, facts of deals that go on in another process, approvals of the head of sales."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns and the tables."""
    op.create_table(
        "process_drafts",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=50), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("based_on", sa.Uuid()),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("russian_name", sa.String(length=200), nullable=False),
        sa.Column("control", sa.String(length=20), nullable=False),
        sa.Column("won_by", sa.String(length=20), nullable=False),
        sa.Column("stages", Json, nullable=False),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_process_drafts")),
        sa.UniqueConstraint("key", name=op.f("uq_process_drafts_key")),
    )
    op.add_column("transitions", sa.Column("from_process_id", sa.Uuid()))
    op.add_column("transitions", sa.Column("to_process_id", sa.Uuid()))
    op.create_table(
        "approvals",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=50), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("task_id", sa.Uuid()),
        sa.Column("note", sa.String(length=1000)),
        sa.Column("requested_at", UtcDateTime, nullable=False),
        sa.Column("requested_by", sa.String(length=200), nullable=False),
        sa.Column("decided_at", UtcDateTime),
        sa.Column("decided_by", sa.String(length=200)),
        sa.Column("decision_note", sa.String(length=1000)),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_approvals_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_approvals")),
    )
    op.create_index("ix_approvals_deal_id", "approvals", ["deal_id"])
    op.create_index("ix_approvals_status", "approvals", ["status", "requested_at", "id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_table("approvals")
    op.drop_table("process_drafts")
    with op.batch_alter_table("transitions") as table:
        table.drop_column("to_process_id")
        table.drop_column("from_process_id")
