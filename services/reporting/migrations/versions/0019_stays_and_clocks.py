"""How long deals had been at their stages at any moment, and what else is told of them in progress.

As with the counts of deals: what was heard is forgotten, so that everything is heard again.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from chassis.store.types import UtcDateTime

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_HEARD = (
    "deal_facts", "deal_states", "deal_stays", "deal_products", "deal_moments", "deal_standings", "assortments",
    "funnel_counts", "outcome_counts", "cycle_counts", "task_facts", "task_counts", "parked", "inbox_ahead",
    "inbox_progress",
)  # fmt: skip
_TURNS = sa.text("kind IN ('WON', 'LOST', 'REOPENED')")


def _clock() -> list[sa.Column[object]]:
    return [sa.Column("dwelling_since", UtcDateTime), sa.Column("dwelt", sa.BigInteger())]


def upgrade() -> None:
    """Forget what was heard, and make the tables."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.add_column("deal_facts", sa.Column("planned_start_on", sa.Date()))
    op.create_index(
        "ix_deal_facts_turns",
        "deal_facts",
        ["kind", "occurred_at", "deal_id", "recorded_at"],
        postgresql_where=_TURNS,
        sqlite_where=_TURNS,
    )
    _add_to_states()
    op.drop_table("deal_stays")
    op.create_table(
        "deal_stays",
        *(
            sa.Column(name, UtcDateTime, nullable=False)
            for name in ("occurred_at", "recorded_at", "until_occurred_at", "until_recorded_at")
        ),
        sa.Column("dwell", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "sequence", "stage", name=op.f("pk_deal_stays")),
    )
    for column in (
        sa.Column("competitor_id", sa.Uuid()),
        sa.Column("currency", sa.String(length=3)),
        sa.Column("amount_minor", sa.BigInteger()),
        sa.Column("planned_start_on", sa.Date()),
        sa.Column("expected_close_on", sa.Date()),
        sa.Column("probability", sa.String(length=6)),
        *_clock(),
        sa.Column("active_at", UtcDateTime),
    ):
        op.add_column("deal_moments", column)
    with op.batch_alter_table("deal_standings") as table:
        for name in ("held", "untouched"):
            table.add_column(sa.Column(name, sa.Boolean(), nullable=False))
    op.drop_table("deal_plans")


def _add_to_states() -> None:
    with op.batch_alter_table("deal_states") as table:
        table.add_column(sa.Column("planned_start_on", sa.Date()))
        for column in _clock():
            table.add_column(column)
        table.add_column(sa.Column("active_at", UtcDateTime, nullable=False))
        table.add_column(sa.Column("touched", sa.Boolean(), nullable=False))


def downgrade() -> None:
    """Take them away, with what was heard: it is to be heard again."""
    for table in _HEARD:
        op.execute(sa.delete(sa.table(table)))
    op.create_table(
        "deal_plans",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("sequence", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("occurred_at", UtcDateTime, nullable=False),
        sa.Column("recorded_at", UtcDateTime, nullable=False),
        sa.Column("planned_start_on", sa.Date()),
        sa.Column("expected_close_on", sa.Date()),
        sa.PrimaryKeyConstraint("deal_id", "sequence", name=op.f("pk_deal_plans")),
    )
    with op.batch_alter_table("deal_standings") as standings:
        for name in ("untouched", "held"):
            standings.drop_column(name)
    with op.batch_alter_table("deal_moments") as moments:
        for name in (
            "active_at", "dwelt", "dwelling_since", "probability", "expected_close_on", "planned_start_on",
            "amount_minor", "currency", "competitor_id",
        ):  # fmt: skip
            moments.drop_column(name)
    op.drop_table("deal_stays")
    op.create_table(
        "deal_stays",
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("stage", sa.String(length=100), nullable=False),
        sa.Column("dwell", sa.BigInteger(), nullable=False),
        sa.Column("over", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("deal_id", "stage", name=op.f("pk_deal_stays")),
    )
    with op.batch_alter_table("deal_states") as states:
        for name in ("touched", "active_at", "dwelt", "dwelling_since", "planned_start_on"):
            states.drop_column(name)
    op.drop_index("ix_deal_facts_turns", "deal_facts")
    op.drop_column("deal_facts", "planned_start_on")
