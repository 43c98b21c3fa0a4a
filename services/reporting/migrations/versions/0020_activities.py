"""Interactions by kind and direction, and when tasks were done.

As with other counts: what was heard is forgotten, so that everything is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "deal_moments", "deal_standings", "assortments",
    "funnel_counts", "outcome_counts", "cycle_counts", "interaction_facts", "interaction_subjects", "task_facts",
    "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip
_KINDS = ("kind", "direction")


def upgrade() -> None:
    """Forget what was heard, and add the columns."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    for table in ("interaction_counts", "task_counts"):
        op.drop_table(table)
    _make("interaction_counts", {"kind": 10, "direction": 10}, ["interactions"])
    _make("task_counts", {"process_key": 100}, ["tasks", "in_time", "late"])
    with op.batch_alter_table("interaction_facts") as facts:
        for name in _KINDS:
            facts.add_column(sa.Column(name, sa.String(length=10), nullable=False))
    op.add_column("task_facts", sa.Column("done_at", sa.DateTime(timezone=True)))


def _make(table: str, more: dict[str, int], counts: list[str]) -> None:
    op.create_table(
        table,
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        *(sa.Column(name, sa.String(length=length), nullable=False) for name, length in more.items()),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in counts),
        sa.PrimaryKeyConstraint("span", "credited", *more, name=op.f(f"pk_{table}")),
        postgresql_with={"fillfactor": 60},
    )


def downgrade() -> None:
    """Take the columns away; counts are made anew by a replay."""
    op.drop_column("task_facts", "done_at")
    with op.batch_alter_table("interaction_facts") as facts:
        for name in _KINDS:
            facts.drop_column(name)
    for table in ("interaction_counts", "task_counts"):
        op.drop_table(table)
    _make("interaction_counts", {}, ["interactions"])
    _make("task_counts", {"process_key": 100}, ["tasks"])
