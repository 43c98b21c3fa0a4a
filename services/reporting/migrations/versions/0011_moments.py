"""Where each deal stood after each of its facts.

As with the counts before: what was heard is forgotten, so that everything is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "funnel_counts", "outcome_counts", "cycle_counts",
    "processes", "manager_facts", "team_facts", "partners", "merged_partners", "claim_facts", "interaction_facts",
    "interaction_subjects", "task_facts", "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.add_column("deal_states", sa.Column("irregular", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("deal_states") as table:
        table.alter_column("irregular", server_default=None)
    irregular = sa.text("irregular")
    op.create_index(
        "ix_deal_states_irregular", "deal_states", ["deal_id"], postgresql_where=irregular, sqlite_where=irregular
    )
    op.create_table(
        "deal_moments",
        *(
            sa.Column(name, UtcDateTime, nullable=False)
            for name in ("occurred_at", "recorded_at", "next_occurred_at", "next_recorded_at", "created_at")
        ),
        sa.Column("standing_id", sa.BigInteger(), nullable=False),
        sa.Column("base_minor", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unconverted", sa.Boolean(), nullable=False),
        sa.Column("closed_month", sa.Integer()),
        sa.Column("closed_at", UtcDateTime),
        sa.Column("cycle", sa.BigInteger()),
        sa.Column("assortment_id", sa.BigInteger()),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("partner_id", sa.Uuid()),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_deal_moments")),
    )
    op.create_table(
        "deal_standings",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("process_id", sa.Uuid(), nullable=False),
        sa.Column("process_key", sa.String(length=100), nullable=False),
        sa.Column("outcome", sa.String(length=11), nullable=False),
        sa.Column("stage", sa.String(length=100)),
        sa.Column("highest_stage", sa.String(length=100)),
        sa.Column("loss_reason", sa.String(length=100)),
        sa.Column("entered", sa.Text(), nullable=False),
        sa.Column("uses", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deal_standings")),
    )
    op.create_table(
        "assortments",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("product", sa.String(length=200), nullable=False),
        sa.PrimaryKeyConstraint("id", "product", name=op.f("pk_assortments")),
    )
    op.create_index("ix_assortments_product", "assortments", ["product"])


def downgrade() -> None:
    """Take them away; the facts stay."""
    for table in ("assortments", "deal_standings", "deal_moments"):
        op.drop_table(table)
    op.drop_index("ix_deal_states_irregular", "deal_states")
    with op.batch_alter_table("deal_states") as table:
        table.drop_column("irregular")
