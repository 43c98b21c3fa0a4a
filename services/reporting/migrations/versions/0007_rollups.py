"""Counts that are kept up, and how long deals were at their stages.

They follow from the facts alone, and in the business time zone, which a migration does not know: what was heard is
forgotten, so that everything is heard again (embedded at the next start, else by `crm replay reporting`).
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_ROOM = {"fillfactor": 60}
_HEARD = (
    "deal_facts", "deal_states", "deal_products", "processes", "manager_facts", "team_facts", "partners",
    "merged_partners", "claim_facts", "interaction_facts", "interaction_subjects", "task_facts", "parked", "inbox_ahead",
    "inbox_progress",
)  # fmt: skip
_STAGE_COUNTS = (
    "furthest_open", "furthest_lost", "furthest_base", "furthest_unconverted", "won", "won_base", "won_unconverted",
    "entered", "open", "lost", "lost_base",
)  # fmt: skip


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.add_column("deal_states", sa.Column("cycle_cell", sa.Integer()))
    told = sa.text("cycle_cell IS NOT NULL")
    op.create_index(
        "ix_deal_states_cycle_cell",
        "deal_states",
        ["cycle_cell", "manager_id", "cycle", "closed_at", "process_key"],
        postgresql_where=told,
        sqlite_where=told,
    )
    op.create_table(
        "deal_stays",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        sa.Column("dwell", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "stage", name=op.f("pk_deal_stays")),
    )
    op.create_table(
        "funnel_counts",
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        *_counts(*_STAGE_COUNTS),
        sa.PrimaryKeyConstraint(
            "process_key", "span", "credited", "process_id", "stage", name=op.f("pk_funnel_counts")
        ),
        postgresql_with=_ROOM,
    )
    op.create_table(
        "outcome_counts",
        sa.Column("dimension", sa.String(length=11), nullable=False),
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("value", sa.String(length=201), nullable=False),
        sa.Column("outcome", sa.String(length=11), nullable=False),
        *_counts("deals", "base", "unconverted"),
        sa.PrimaryKeyConstraint(
            "dimension", "span", "credited", "process_key", "value", "outcome", name=op.f("pk_outcome_counts")
        ),
        postgresql_with=_ROOM,
    )
    op.create_table(
        "cycle_counts",
        sa.Column("knot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        *_counts(*(f"branch_{branch}" for branch in range(16)), "seconds", "micros"),
        sa.PrimaryKeyConstraint("knot", "credited", "span", "process_key", name=op.f("pk_cycle_counts")),
        postgresql_with=_ROOM,
    )


def _counts(*names: str) -> list[sa.Column[int]]:
    return [sa.Column(name, sa.BigInteger(), nullable=False) for name in names]


def downgrade() -> None:
    """Take them away; the facts stay."""
    for table in ("cycle_counts", "outcome_counts", "funnel_counts", "deal_stays"):
        op.drop_table(table)
    op.drop_index("ix_deal_states_cycle_cell", "deal_states")
    op.drop_column("deal_states", "cycle_cell")
