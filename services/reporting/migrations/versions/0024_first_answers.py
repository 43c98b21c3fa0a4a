"""First answers to claims, in time or late, by manager.

What was heard of claims is forgotten, so that it is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_HEARD = ("claim_facts", "claim_counts", "parked", "inbox_ahead", "inbox_progress")
_COUNTS = ("answered", "answered_in_time")


def upgrade() -> None:
    """Forget what was heard, and add the counts."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    with op.batch_alter_table("claim_counts") as counts:
        for name in _COUNTS:
            counts.add_column(sa.Column(name, sa.BigInteger(), nullable=False))


def downgrade() -> None:
    """Take the counts away."""
    with op.batch_alter_table("claim_counts") as counts:
        for name in _COUNTS:
            counts.drop_column(name)
