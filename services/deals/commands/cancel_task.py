"""Cancel a task."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import task_answer
from services.deals.commands.moving_on import move_on
from services.deals.events import TaskCancelled, of_task
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class CancelTask:
    """Say that a task is not to be done; where it was the last open one, its stage is finished as by one that is done."""

    task_id: UUID
    expected_version: int | None = None


def cancel_task(command: CancelTask, tx: Transaction, actor: Actor) -> Json:
    """Cancel a task: what waits for it waits no longer; answer the task, and where the deal moved."""
    tasks = Tasks(tx, actor)
    held = tasks.hold(command.task_id, expected_version=command.expected_version)
    held.plan.cancel(held.task)
    tasks.save(held.task)
    tx.emit(TaskCancelled(**of_task(held.task, held.deal, tx.now)))
    moved = move_on(held, tasks, tx, actor)
    return {"task": task_answer(held.task, held.plan, held.deal, tx.now), **moved}
