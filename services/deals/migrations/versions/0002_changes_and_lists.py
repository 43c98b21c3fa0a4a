"""The audit of changes; loss reasons that retire; what partners are to us."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import BigId, Json, UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of changes, and the new columns."""
    op.create_table(
        "changes",
        sa.Column("id", BigId, nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.String(length=30), nullable=False),
        sa.Column("deal_id", sa.Uuid()),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("field", sa.String(length=100)),
        sa.Column("old", sa.Text()),
        sa.Column("new", sa.Text()),
        sa.Column("changed_at", UtcDateTime, nullable=False),
        sa.Column("changed_by", sa.String(length=200), nullable=False),
        sa.Column("correlation_id", sa.String(length=64)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_changes")),
    )
    op.create_index("ix_changes_subject", "changes", ["subject_id", "version"])
    op.create_index("ix_changes_deal", "changes", ["deal_id", "id"])
    op.add_column("loss_reasons", sa.Column("retired_at", UtcDateTime))
    op.add_column("partners", sa.Column("roles", Json))


def downgrade() -> None:
    """Take them away."""
    op.drop_column("partners", "roles")
    op.drop_column("loss_reasons", "retired_at")
    op.drop_table("changes")
