"""The tasks of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.queries.task_rows import tasks_json, tasks_with_flags
from services.deals.storage.tables import tasks


@dataclass(frozen=True, kw_only=True)
class TasksOfDeals:
    """Ask for the tasks of deals."""

    deal_ids: list[UUID]


def tasks_of_deals(query: TasksOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the tasks of each deal in the order in which they came to be; none for a deal that is not within reach."""
    t = tasks.c
    shown = shown_under(reading, actor, query.deal_ids)
    rows = reading.connection.execute(
        tasks_with_flags(reading.now).where(t.deal_id.in_(shown)).order_by(t.created_at, t.id)
    )
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for node in tasks_json(reading, rows):
        for deal_id in shown[node["deal_id"]]:
            by_deal[deal_id].append(node)
    return {"tasks": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
