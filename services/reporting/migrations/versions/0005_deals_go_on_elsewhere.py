"""Where a deal goes on in another process: the furthest stage that it counts as having reached there."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns."""
    op.add_column("deal_facts", sa.Column("highest_stage", sa.String(length=100)))
    op.add_column("deal_facts", sa.Column("highest_rank", sa.Integer()))


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("deal_facts") as table:
        table.drop_column("highest_rank")
        table.drop_column("highest_stage")
