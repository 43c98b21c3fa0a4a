"""When deals are expected to close, how likely they are won, and the chances at the stages of processes.

What was heard is forgotten, so that everything is heard again (embedded at the next start, else by `crm replay reporting`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "funnel_counts", "outcome_counts", "cycle_counts",
    "processes", "manager_facts", "team_facts", "partners", "merged_partners", "claim_facts", "interaction_facts",
    "interaction_subjects", "task_facts", "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip
_TABLES = ("deal_facts", "deal_states")


def upgrade() -> None:
    """Forget what was heard, and add the columns."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    for table in _TABLES:
        op.add_column(table, sa.Column("expected_close_on", sa.Date()))
        op.add_column(table, sa.Column("probability", sa.String(length=6)))


def downgrade() -> None:
    """Take them away."""
    for table in _TABLES:
        op.drop_column(table, "probability")
        op.drop_column(table, "expected_close_on")
