"""A page of tasks."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.store.types import UtcDateTime
from chassis.wire import Json
from services.deals.queries.task_rows import TaskFilter, tasks_in_reach, tasks_json
from services.deals.storage.tables import tasks

TaskOrder = Literal["DUE_AT", "CREATED_AT"]

_NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class ListTasks:
    """Ask for tasks that fit a filter, in an order; what is due at no time comes as the latest."""

    filter: TaskFilter | None = None
    order: TaskOrder = "DUE_AT"
    descending: bool = False
    page: PageRequest = field(default_factory=PageRequest)


def list_tasks(query: ListTasks, reading: Reading, actor: Actor) -> Json:
    """Give a page of the tasks within the actor's reach: of deals that they see, and their own in any deal."""
    conditions = (query.filter or TaskFilter()).conditions(reading.now)
    due = sa.func.coalesce(tasks.c.due_at, sa.literal(_NEVER, UtcDateTime), type_=UtcDateTime)
    first = due if query.order == "DUE_AT" else tasks.c.created_at
    found = page(
        reading.connection,
        tasks_in_reach(actor, reading.now).where(*conditions),
        [Order(first, query.descending), Order(tasks.c.id, query.descending)],
        query.page,
        lambda row: row,
    )
    return {**found, "nodes": tasks_json(reading, found["nodes"])}
