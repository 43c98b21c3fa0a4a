"""What is told of tasks: who is to do them and until when, never what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.domain.task import Priority, Task, TaskStatus
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OfTask(OfDocument):
    """What every event of a task carries: the task as it stands after the event."""

    task_id: UUID
    stage: str | None
    assignee_id: UUID | None
    due_at: datetime | None
    status: TaskStatus
    priority: Priority
    completed_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class TaskCreated(OfTask, Published, type="task.created", subject="task_id"):
    """A deal has a new task, by hand or from the plan of the stage that it entered."""


@dataclass(frozen=True, kw_only=True)
class TaskChanged(OfTask, Published, type="task.changed", subject="task_id"):
    """A task has changed, or is open again."""

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class TaskCompleted(OfTask, Published, type="task.completed", subject="task_id"):
    """A task is done."""


@dataclass(frozen=True, kw_only=True)
class TaskCancelled(OfTask, Published, type="task.cancelled", subject="task_id"):
    """A task is not to be done."""


def of_task(task: Task, deal: Deal, occurred_at: datetime) -> dict[str, Any]:
    """Give the fields of an event of a task."""
    return of_document(deal) | {
        "sequence": task.version,
        "occurred_at": occurred_at,
        "task_id": task.id,
        "stage": task.stage,
        "assignee_id": task.assignee_id,
        "due_at": task.due.at if task.due else None,
        "status": task.status,
        "priority": task.priority,
        "completed_at": task.completed_at,
    }
