"""Next steps; planned starts; how long deals have stood at their stages, also those that are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

from chassis.store.types import Json, UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

_PLANNED = sa.text("status = 'PLANNED'")
_CLOSING = ("WON", "LOST")
_BATCH = 1000


def upgrade() -> None:
    """Make the table and the columns, and fill the latter from the history of deals."""
    op.create_table(
        "next_steps",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("deal_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("subject", sa.String(length=500), nullable=False),
        sa.Column("due_at", UtcDateTime, nullable=False),
        sa.Column("assignee_id", sa.Uuid()),
        sa.Column("remind_at", UtcDateTime),
        sa.Column("status", sa.String(length=20), nullable=False),
        sa.Column("planned_at", UtcDateTime, nullable=False),
        sa.Column("closed_at", UtcDateTime),
        sa.ForeignKeyConstraint(["deal_id"], ["deals.id"], name=op.f("fk_next_steps_deal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_next_steps")),
    )
    op.create_index("ix_next_steps_deal", "next_steps", ["deal_id", "planned_at", "id"])
    op.create_index(
        "uq_next_steps_planned",
        "next_steps",
        ["deal_id"],
        unique=True,
        sqlite_where=_PLANNED,
        postgresql_where=_PLANNED,
    )
    op.add_column("deals", sa.Column("planned_start_on", sa.Date()))
    op.add_column("deals", sa.Column("stage_entered_at", UtcDateTime))
    op.add_column("deals", sa.Column("dwelt", Json))
    op.add_column("deals", sa.Column("dwell_until", UtcDateTime))
    op.add_column("deals", sa.Column("active_at", UtcDateTime))
    op.create_index("ix_deals_upcoming", "deals", ["planned_start_on", "number"])
    fill_dwell(op.get_bind())


def fill_dwell(connection: sa.Connection) -> None:
    """Write for every deal since when it stands at its stage, how long it did before, and until when it may."""
    deals = sa.table(
        "deals",
        sa.column("id", sa.Uuid),
        sa.column("number", sa.BigInteger),
        sa.column("process_id", sa.Uuid),
        sa.column("stage_entered_at", UtcDateTime),
        sa.column("dwelt", Json),
        sa.column("dwell_until", UtcDateTime),
    )
    allowed = _allowed_days(connection)
    last = 0
    while True:
        select = sa.select(deals.c.id, deals.c.number, deals.c.process_id).where(deals.c.number > last)
        batch = connection.execute(select.order_by(deals.c.number).limit(_BATCH)).all()
        if not batch:
            return
        last = batch[-1].number
        processes = {row.id: row.process_id for row in batch}
        for deal_id, facts in groupby(_facts(connection, list(processes)), key=lambda fact: fact.deal_id):
            values = _dwell(facts, allowed.get(processes[deal_id], {}))
            connection.execute(deals.update().where(deals.c.id == deal_id).values(values))


def _facts(connection: sa.Connection, deal_ids: list[Any]) -> Iterable[sa.Row[Any]]:
    t = sa.table(
        "transitions",
        sa.column("deal_id", sa.Uuid),
        sa.column("sequence", sa.BigInteger),
        sa.column("kind", sa.String),
        sa.column("to_stage", sa.String),
        sa.column("occurred_at", UtcDateTime),
    )
    return connection.execute(sa.select(t).where(t.c.deal_id.in_(deal_ids)).order_by(t.c.deal_id, t.c.sequence)).all()


def _dwell(facts: Iterable[Any], allowed: Mapping[str, int]) -> dict[str, Any]:
    stage: str | None = None
    since: datetime | None = None
    dwelt: dict[str, int] = {}
    for fact in facts:
        if fact.to_stage is None and fact.kind not in _CLOSING:
            continue
        if stage is not None and since is not None:
            dwelt[stage] = dwelt.get(stage, 0) + int((fact.occurred_at - since).total_seconds())
        stage = fact.to_stage
        since = fact.occurred_at if stage is not None else None
    until = None
    if since is not None and stage in allowed:
        until = since + timedelta(days=allowed[stage]) - timedelta(seconds=dwelt.get(stage, 0))
    return {"stage_entered_at": since, "dwelt": dwelt, "dwell_until": until}


def _allowed_days(connection: sa.Connection) -> dict[Any, dict[str, int]]:
    processes = sa.table("processes", sa.column("id", sa.Uuid), sa.column("stages", Json))
    return {
        row.id: {stage["key"]: stage["allowed_dwell_days"] for stage in row.stages if stage.get("allowed_dwell_days")}
        for row in connection.execute(sa.select(processes))
    }


def downgrade() -> None:
    """Take them away."""
    op.drop_index("ix_deals_upcoming", "deals")
    for column in ("active_at", "dwell_until", "dwelt", "stage_entered_at", "planned_start_on"):
        op.drop_column("deals", column)
    op.drop_table("next_steps")
