"""The orders of lists have their indexes: deals by amount and by expected close, obligations by their day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the indexes."""
    if op.get_bind().dialect.name == "postgresql":
        op.create_index("ix_deals_amount", "deals", [sa.text("coalesce(base_minor, -1)"), "number"])
        op.create_index(
            "ix_deals_expected_close", "deals", [sa.text("coalesce(expected_close_on, '9999-12-31')"), "number"]
        )
    op.create_index("ix_obligations_day", "obligations", ["due_on", "id"])


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_obligations_day", "obligations")
    if op.get_bind().dialect.name == "postgresql":
        op.drop_index("ix_deals_expected_close", "deals")
        op.drop_index("ix_deals_amount", "deals")
