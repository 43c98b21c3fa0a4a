"""Interactions, with who took part and what they were about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "interaction_facts",
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("automatic", sa.Boolean(), nullable=False),
        sa.Column("corrects_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("interaction_id", "place", name=op.f("pk_interaction_facts")),
    )
    op.create_index("ix_interaction_facts_corrects_id", "interaction_facts", ["corrects_id"])
    op.create_index("ix_interaction_facts_occurred_at", "interaction_facts", ["occurred_at"])
    op.create_table(
        "interaction_subjects",
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("thing_id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("interaction_id", "thing_id", name=op.f("pk_interaction_subjects")),
    )


def downgrade() -> None:
    """Take the tables away; their indexes go with them."""
    op.drop_table("interaction_subjects")
    op.drop_table("interaction_facts")
