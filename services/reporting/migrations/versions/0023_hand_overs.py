"""Deals that went from one manager to another.

What was heard of deals is forgotten, so that it is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "deal_moments", "deal_standings", "assortments",
    "funnel_counts", "outcome_counts", "cycle_counts", "task_facts", "task_counts", "parked", "inbox_ahead",
    "inbox_progress",
)  # fmt: skip
_GONE = sa.text("kind IN ('VOIDED', 'MERGED')")
_COUNTS = [f"{way}_{what}" for way in ("handed", "taken") for what in ("deals", "base", "unconverted")]


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.create_index(
        "ix_deal_facts_gone",
        "deal_facts",
        ["kind", "deal_id", "sequence"],
        postgresql_where=_GONE,
        sqlite_where=_GONE,
    )
    op.create_index(op.f("ix_interaction_subjects_thing_id"), "interaction_subjects", ["thing_id"])
    op.create_table(
        "hand_over_facts",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("from_id", sa.Uuid(), nullable=False),
        sa.Column("to_id", sa.Uuid(), nullable=False),
        sa.Column("partner_id", sa.Uuid()),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("base_minor", sa.BigInteger(), nullable=False),
        sa.Column("unconverted", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_hand_over_facts")),
    )
    op.create_index(op.f("ix_hand_over_facts_occurred_at"), "hand_over_facts", ["occurred_at"])
    op.create_table(
        "hand_over_counts",
        sa.Column("span", sa.String(length=7), nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in _COUNTS),
        sa.PrimaryKeyConstraint("span", "credited", "process_key", name=op.f("pk_hand_over_counts")),
        postgresql_with={"fillfactor": 60},
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("hand_over_counts", "hand_over_facts"):
        op.drop_table(table)
    op.drop_index(op.f("ix_interaction_subjects_thing_id"), "interaction_subjects")
    op.drop_index("ix_deal_facts_gone", "deal_facts")
