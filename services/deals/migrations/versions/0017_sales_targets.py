"""Sales targets."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Bring the tables to this revision."""
    op.create_table(
        "sales_targets",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("team_id", sa.Uuid()),
        sa.Column("measure", sa.String(length=12), nullable=False),
        sa.Column("period", sa.String(length=7), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("count", sa.BigInteger()),
        sa.Column("withdrawn_at", UtcDateTime()),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sales_targets")),
    )
    for whose in ("manager", "team"):
        columns = [f"{whose}_id", "measure", "period", "first_on"]
        op.create_index(f"uq_sales_targets_{whose}", "sales_targets", columns, unique=True)


def downgrade() -> None:
    """Go back to the revision before."""
    op.drop_table("sales_targets")
