"""Counts of what managers did and have to do.

As with the counts of deals: what was heard is forgotten, so that everything is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_ROOM = {"fillfactor": 60}
_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "deal_moments", "deal_standings", "assortments",
    "funnel_counts", "outcome_counts", "cycle_counts", "claim_facts", "interaction_facts", "interaction_subjects",
    "task_facts", "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.create_index("ix_task_facts_deal_id", "task_facts", ["deal_id"])
    _make("interaction_counts", [], ["interactions"])
    _make("claim_counts", [], ["claims", "with_target", "in_time"])
    _make("task_counts", ["process_key"], ["tasks"])


def _make(table: str, more: list[str], counts: list[str]) -> None:
    op.create_table(
        table,
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(length=100), nullable=False) for name in more),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in counts),
        sa.PrimaryKeyConstraint("span", "credited", *more, name=op.f(f"pk_{table}")),
        postgresql_with=_ROOM,
    )


def downgrade() -> None:
    """Take them away; the facts stay."""
    for table in ("task_counts", "claim_counts", "interaction_counts"):
        op.drop_table(table)
    op.drop_index("ix_task_facts_deal_id", "task_facts")
