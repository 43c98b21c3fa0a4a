"""What deals in progress ask for: plans, steps, documents, the roles of partners, and the dwell that stages allow.

What was told of it before is heard again: embedded at the next start, else by `crm replay reporting`.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "processes", "manager_facts", "team_facts", "partners",
    "merged_partners", "claim_facts", "interaction_facts", "interaction_subjects", "task_facts", "funnel_counts",
    "outcome_counts", "cycle_counts", "satisfaction_facts", "satisfaction_requests", "segment_facts", "deal_moments",
    "deal_standings", "assortments", "parked",
    "inbox_ahead", "inbox_progress",
)  # fmt: skip


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    _facts("deal_plans", "deal_id", sa.Column("planned_start_on", sa.Date()), sa.Column("expected_close_on", sa.Date()))
    _facts(
        "step_facts",
        "step_id",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("is_planned", sa.Boolean(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "document_facts",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "occurred_at", "recorded_at", name=op.f("pk_document_facts")),
    )
    _facts(
        "partner_roles",
        "partner_id",
        sa.Column("is_client", sa.Boolean(), nullable=False),
        sa.Column("is_prospect", sa.Boolean(), nullable=False),
    )
    op.create_index(op.f("ix_step_facts_deal_id"), "step_facts", ["deal_id"])


def _facts(table: str, subject: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column(subject, sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint(subject, "sequence", name=op.f(f"pk_{table}")),
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("deal_plans", "step_facts", "document_facts", "partner_roles"):
        op.drop_table(table)
