"""How many deals in progress ask for attention, by manager."""

from __future__ import annotations

from dataclasses import dataclass

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.queries.attention import AttentionFilter, flag, is_worked_on, reasons, with_client_and_step
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class UnfinishedSummary:
    """Ask how many deals in progress there are for each manager, and how many for each reason."""

    filter: AttentionFilter | None = None


def unfinished_summary(query: UnfinishedSummary, reading: Reading, actor: Actor) -> Json:
    """Give a row for each manager of deals in progress within the actor's reach; a deal counts under all its reasons."""
    counts = {reason: sa.func.sum(flag(condition)) for reason, condition in reasons(reading).items()}
    manager = deals.c.manager_id
    total = sa.func.count().label("total")
    select = with_client_and_step(
        sa.select(manager, total, *(one.label(reason) for reason, one in counts.items())), actor
    )
    rows = reading.connection.execute(
        select.where(is_worked_on(reading), *(query.filter or AttentionFilter()).conditions(reading))
        .group_by(manager)
        .order_by(total.desc(), manager)
    ).mappings()
    return {
        "rows": [
            {
                "manager_id": row["manager_id"],
                "total": row["total"],
                "reasons": [{"reason": reason, "count": int(row[reason])} for reason in counts if row[reason]],
            }
            for row in rows
        ]
    }
