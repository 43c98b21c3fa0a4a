"""How far the work on deals is."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.domain.task import TaskStatus
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import tasks


@dataclass(frozen=True, kw_only=True)
class WorkPlansOfDeals:
    """Ask how far the plans of work of deals are."""

    deal_ids: list[UUID]


def work_plans_of_deals(query: WorkPlansOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give for each deal how many of its tasks there are and are done, and their share; cancelled ones do not count."""
    t = tasks.c
    done = sa.func.count(sa.case((t.status == TaskStatus.DONE, 1)))
    of = with_merged(actor, query.deal_ids)
    select = (
        sa.select(of.c.asked, sa.func.count().label("total"), done.label("done"))
        .join(of, of.c.id == t.deal_id)
        .where(t.status != TaskStatus.CANCELLED)
        .group_by(of.c.asked)
    )
    found = {row.asked: _plan(row.done, row.total) for row in reading.connection.execute(select)}
    return {"plans": [found.get(deal_id, _plan(0, 0)) for deal_id in query.deal_ids]}


def _plan(done: int, total: int) -> Json:
    return {"progress": done / total if total else None, "done": done, "total": total}
