"""Who belonged to segments when.

What was told of it before is heard again: embedded at the next start, else by `crm replay reporting`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "processes", "manager_facts", "team_facts", "partners",
    "merged_partners", "claim_facts", "interaction_facts", "interaction_subjects", "task_facts", "funnel_counts",
    "outcome_counts", "cycle_counts", "satisfaction_facts", "satisfaction_requests", "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip


def upgrade() -> None:
    """Forget what was heard, and make the table."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.create_table(
        "segment_facts",
        sa.Column("segment_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("belongs", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("segment_id", "sequence", name=op.f("pk_segment_facts")),
    )
    op.create_index(
        op.f("ix_segment_facts_segment_id_partner_id_sequence"),
        "segment_facts",
        ["segment_id", "partner_id", "sequence"],
    )


def downgrade() -> None:
    """Take it away."""
    op.drop_table("segment_facts")
