"""Deals that figures do not count: registered by mistake, or twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column: of no deal that is known so far it was said that it counts not."""
    op.add_column("deal_states", sa.Column("counted", sa.Boolean(), nullable=False, server_default=sa.true()))
    with op.batch_alter_table("deal_states") as table:
        table.alter_column("counted", server_default=None)


def downgrade() -> None:
    """Take it away."""
    op.drop_column("deal_states", "counted")
