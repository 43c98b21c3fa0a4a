"""Change a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import task_answer
from services.deals.commands.inputs import UNSET, Day, Description, Instant, Title
from services.deals.commands.task_inputs import Prerequisites, Progress, due_of
from services.deals.domain.task import Priority, TaskStatus
from services.deals.events import TaskChanged, of_task
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class ChangeTask:
    """Ask that fields of an open task change; what is not named stays as it is, null takes a value away."""

    task_id: UUID
    expected_version: int | None = None
    title: Title = UNSET
    description: Description | None = UNSET
    assignee_id: UUID | None = UNSET
    due_on: Day | None = UNSET
    due_at: Instant | None = UNSET
    priority: Priority = UNSET
    prerequisite_ids: Prerequisites = UNSET
    status: Literal[TaskStatus.PLANNED, TaskStatus.IN_PROGRESS] = UNSET
    progress: Progress = UNSET


def change_task(command: ChangeTask, tx: Transaction, actor: Actor) -> Json:
    """Change an open task; answer the task. A change to what already is writes nothing and tells nothing."""
    tasks = Tasks(tx, actor)
    held = tasks.hold(command.task_id, expected_version=command.expected_version)
    changed = held.plan.change(held.task, _changes(command, tx))
    if changed:
        tasks.save(held.task)
        tx.emit(TaskChanged(**of_task(held.task, held.deal, tx.now), changed=changed))
    return task_answer(held.task, held.plan, held.deal, tx.now)


def _changes(command: ChangeTask, tx: Transaction) -> dict[str, Any]:
    names = ("title", "description", "assignee_id", "priority", "status", "progress")
    changes = {name: getattr(command, name) for name in names if getattr(command, name) is not UNSET}
    if command.prerequisite_ids is not UNSET:
        changes["prerequisites"] = command.prerequisite_ids
    if command.due_on is not UNSET or command.due_at is not UNSET:
        day = None if command.due_on is UNSET else command.due_on
        moment = None if command.due_at is UNSET else command.due_at
        changes["due"] = due_of(day, moment, tx)
    if not changes:
        raise refuse("REQUIRED", "name at least one field to change")
    return changes
