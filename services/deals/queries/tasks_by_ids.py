"""Tasks by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.queries.task_rows import tasks_in_reach, tasks_json
from services.deals.storage.tables import tasks


@dataclass(frozen=True, kw_only=True)
class TasksByIds:
    """Ask for tasks."""

    ids: list[UUID]


def tasks_by_ids(query: TasksByIds, reading: Reading, actor: Actor) -> Json:
    """Give the tasks in the order of the ids; null for one that is not there or not within reach."""
    rows = reading.connection.execute(tasks_in_reach(actor, reading.now).where(tasks.c.id.in_(query.ids)))
    found = {node["id"]: node for node in tasks_json(reading, rows)}
    return {"nodes": [found.get(task_id) for task_id in query.ids]}
