"""How soon clients are answered.

What was heard of interactions is forgotten, so that it is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_HEARD = (
    "interaction_facts", "interaction_subjects", "interaction_counts", "parked", "inbox_ahead", "inbox_progress",
)  # fmt: skip
_BRANCHES = [f"branch_{branch}" for branch in range(16)]


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.create_table(
        "client_words",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("corrected_at", sa.DateTime(timezone=True)),
        sa.Column("manager_id", sa.Uuid()),
        sa.Column("answers", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("partner_id", "occurred_at", "interaction_id", name=op.f("pk_client_words")),
    )
    op.create_index(op.f("ix_client_words_interaction_id"), "client_words", ["interaction_id"])
    op.create_table(
        "response_waits",
        sa.Column("partner_id", sa.Uuid(), nullable=False),
        sa.Column("began_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("interaction_id", sa.Uuid(), nullable=False),
        sa.Column("manager_id", sa.Uuid(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True)),
        sa.Column("took", sa.BigInteger()),
        sa.Column("cell", sa.Integer()),
        sa.PrimaryKeyConstraint("partner_id", "began_at", "interaction_id", name=op.f("pk_response_waits")),
    )
    op.create_index(op.f("ix_response_waits_began_at"), "response_waits", ["began_at"])
    columns = ["cell", "manager_id", "took", "began_at"]
    op.create_index(op.f("ix_response_waits_cell_manager_id_took_began_at"), "response_waits", columns)
    op.create_table(
        "response_counts",
        sa.Column("knot", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("credited", sa.Uuid(), nullable=False),
        sa.Column("span", sa.String(length=7), nullable=False),
        *(sa.Column(name, sa.BigInteger(), nullable=False) for name in (*_BRANCHES, "waiting")),
        sa.PrimaryKeyConstraint("knot", "credited", "span", name=op.f("pk_response_counts")),
        postgresql_with={"fillfactor": 60},
    )


def downgrade() -> None:
    """Take them away."""
    for table in ("response_counts", "response_waits", "client_words"):
        op.drop_table(table)
