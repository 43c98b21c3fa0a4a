"""When it became known that a deal does not count: its moments stay, and need not be added up anew.

Deals of which that is known already go on being added up, with the same figures, until a rebuild.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("deal_moments", sa.Column("gone_recorded_at", UtcDateTime))


def downgrade() -> None:
    """Take it away, with the moments of these deals, which are to be added up again."""
    gone = sa.table("deal_moments", sa.column("deal_id"), sa.column("gone_recorded_at"))
    states = sa.table("deal_states", sa.column("deal_id"), sa.column("irregular"))
    ids = sa.select(gone.c.deal_id).where(gone.c.gone_recorded_at.is_not(None))
    op.execute(states.update().where(states.c.deal_id.in_(ids)).values(irregular=True))
    op.execute(sa.delete(gone).where(gone.c.gone_recorded_at.is_not(None)))
    with op.batch_alter_table("deal_moments") as table:
        table.drop_column("gone_recorded_at")
