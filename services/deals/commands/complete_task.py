"""Complete a task."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import task_answer
from services.deals.commands.moving_on import move_on
from services.deals.events import TaskCompleted, of_task
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class CompleteTask:
    """Say that a task is done; the last one of its stage moves the deal on, where the process says so."""

    task_id: UUID
    expected_version: int | None = None


def complete_task(command: CompleteTask, tx: Transaction, actor: Actor) -> Json:
    """Complete a task, once what it waits for is done or cancelled; answer the task, and where the deal moved."""
    tasks = Tasks(tx, actor)
    held = tasks.hold(command.task_id, expected_version=command.expected_version)
    held.plan.complete(held.task, tx.now)
    tasks.save(held.task)
    tx.emit(TaskCompleted(**of_task(held.task, held.deal, tx.now)))
    moved = move_on(held, tasks, tx, actor)
    return {"task": task_answer(held.task, held.plan, held.deal, tx.now), **moved}
