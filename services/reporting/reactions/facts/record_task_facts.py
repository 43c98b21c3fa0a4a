"""Hear of tasks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any
from uuid import UUID

from pydantic import AwareDatetime

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.alone import alone
from services.reporting.storage.managers.tasks import TaskFact, counted_tasks, deals_of_tasks, last_facts
from services.reporting.storage.rollup import Rollup
from services.reporting.storage.tables import task_counts, task_facts
from services.reporting.storage.writing import keep_all

_DONE = "DONE"
_CLOSED = (_DONE, "CANCELLED")


@dataclass(frozen=True, kw_only=True)
class TaskHeard:
    """What reporting needs of a task's events."""

    task_id: UUID
    deal_id: UUID | None = None
    partner_id: UUID | None = None
    assignee_id: UUID | None = None
    due_at: AwareDatetime | None = None
    status: str
    completed_at: AwareDatetime | None = None


def record_task_facts(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep tasks as they stand after events."""
    alone(tx.connection)
    zone = tx.enterprise.zone
    rows = [_row(event, event.read(TaskHeard)) for event in events]
    known = last_facts(tx.connection, {row["task_id"] for row in rows})
    last = dict(known)
    for row in sorted(rows, key=itemgetter("sequence")):
        before = last.get(row["task_id"])
        if before is None or before.sequence < row["sequence"]:
            last[row["task_id"]] = TaskFact(**{field.name: row[field.name] for field in fields(TaskFact)})
    if last != known:
        of_deals = {task.deal_id for task in (*known.values(), *last.values()) if task.deal_id is not None}
        deals = deals_of_tasks(tx.connection, of_deals)
        rollup = Rollup(task_counts)
        rollup.change(counted_tasks(known.values(), deals, zone), counted_tasks(last.values(), deals, zone))
        rollup.write(tx.connection)
    keep_all(tx.connection, task_facts, rows)


def _row(event: Heard, heard: TaskHeard) -> dict[str, Any]:
    return {
        "task_id": heard.task_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "is_open": heard.status not in _CLOSED,
        "done_at": (heard.completed_at or event.occurred_at) if heard.status == _DONE else None,
        "due_at": heard.due_at,
        "assignee_id": heard.assignee_id,
        "deal_id": heard.deal_id,
        "partner_id": heard.partner_id,
    }
