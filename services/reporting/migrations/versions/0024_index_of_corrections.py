"""The few facts by which deals are voided and merged, found without looking at all the others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_CORRECTIONS = sa.text("kind IN ('VOIDED', 'UNVOIDED', 'MERGED', 'UNMERGED')")


def upgrade() -> None:
    """Make the index."""
    op.create_index(
        "ix_deal_facts_corrections",
        "deal_facts",
        ["kind", "deal_id", "sequence", "recorded_at"],
        postgresql_where=_CORRECTIONS,
        sqlite_where=_CORRECTIONS,
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_index("ix_deal_facts_corrections", "deal_facts")
