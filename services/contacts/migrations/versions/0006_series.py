"""Series of planned interactions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Let an interaction be one of a series."""
    op.add_column("interactions", sa.Column("series_id", sa.Uuid()))
    op.add_column("interactions", sa.Column("series_rule", sa.String(500)))
    op.add_column("interactions", sa.Column("series_start", UtcDateTime))
    op.create_index("ix_interactions_series_id", "interactions", ["series_id"])
