"""Deals may have a probability of their own."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("deals", sa.Column("probability", sa.String(length=6)))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("deals", "probability")
