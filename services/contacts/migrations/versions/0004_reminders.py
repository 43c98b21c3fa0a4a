"""Reminders, what they have told, what was promised in deals, and managers' time zones."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the new tables."""
    op.create_table(
        "commitments",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("assignee_id", sa.Uuid(), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_commitments"),
    )
    op.create_table(
        "reminders",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("deal_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=500), nullable=True),
        sa.Column("starts_at", UtcDateTime(), nullable=False),
        sa.Column("seconds_before", sa.Integer(), nullable=False),
        sa.Column("rule", sa.String(length=500), nullable=True),
        sa.Column("time_zone", sa.String(length=100), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("occurrence_at", UtcDateTime(), nullable=True),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("last_occurrence_at", UtcDateTime(), nullable=True),
        sa.Column("last_attempt", sa.Integer(), nullable=True),
        sa.Column("last_fired_at", UtcDateTime(), nullable=True),
        sa.Column("again_at", UtcDateTime(), nullable=True),
        sa.Column("dismissed", sa.Boolean(), nullable=False),
        sa.Column("follows_plan", sa.Boolean(), nullable=False),
        sa.Column("escalated", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.String(length=200), nullable=True),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("recorded_by", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["manager_id"], ["managers.id"], name="fk_reminders_manager_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reminders"),
        sa.UniqueConstraint("origin", name="uq_reminders_origin"),
    )
    with op.batch_alter_table("reminders") as batch_op:
        batch_op.create_index("ix_reminders_manager_id_at_id", ["manager_id", "at", "id"], unique=False)
        batch_op.create_index("ix_reminders_subject_id", ["subject_id"], unique=False)

    op.create_table(
        "reminder_firings",
        sa.Column("reminder_id", sa.Uuid(), nullable=False),
        sa.Column("occurrence_at", UtcDateTime(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("fired_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["reminder_id"], ["reminders.id"], name="fk_reminder_firings_reminder_id"),
        sa.PrimaryKeyConstraint("reminder_id", "occurrence_at", "attempt", name="pk_reminder_firings"),
    )
    with op.batch_alter_table("managers") as batch_op:
        batch_op.add_column(sa.Column("time_zone", sa.String(length=100), nullable=True))
