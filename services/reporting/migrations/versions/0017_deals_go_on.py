"""What is needed of where a deal stands to go on from there: its newest fact's times, what it is about, whether it waits."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

_SAY_NOTHING = ("REVALUED", "VOIDED", "UNVOIDED", "MERGED", "UNMERGED")
_HOLD_OR_LET_GO = ("HELD", "RESUMED", "WON", "LOST")
_COLUMNS = {"occurred_at": UtcDateTime(), "recorded_at": UtcDateTime(), "products": Json, "held": sa.Boolean()}


def upgrade() -> None:
    """Take it from the facts of each deal."""
    for name, kind in _COLUMNS.items():
        op.add_column("deal_states", sa.Column(name, kind))
    states = sa.table("deal_states", *(sa.column(name) for name in ("deal_id", *_COLUMNS)))
    f = sa.table(
        "deal_facts", *map(sa.column, ("deal_id", "sequence", "kind", "occurred_at", "recorded_at", "products"))
    ).c

    def newest(value: sa.ColumnElement[Any], *which: sa.ColumnElement[bool]) -> Any:
        facts = sa.select(value).where(f.deal_id == states.c.deal_id, *which).order_by(f.sequence.desc()).limit(1)
        return facts.scalar_subquery()

    op.execute(
        states.update().values(
            occurred_at=newest(f.occurred_at),
            recorded_at=newest(f.recorded_at),
            products=sa.func.coalesce(newest(f.products, f.kind.not_in(_SAY_NOTHING)), sa.text("'[]'")),
            held=sa.func.coalesce(newest(f.kind == "HELD", f.kind.in_(_HOLD_OR_LET_GO)), sa.false()),
        )
    )
    with op.batch_alter_table("deal_states") as table:
        for name, kind in _COLUMNS.items():
            table.alter_column(name, existing_type=kind, nullable=False)


def downgrade() -> None:
    """Take the columns away."""
    with op.batch_alter_table("deal_states") as table:
        for name in _COLUMNS:
            table.drop_column(name)
