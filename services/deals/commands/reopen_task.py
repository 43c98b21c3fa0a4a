"""Reopen a task."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import task_answer
from services.deals.events import TaskChanged, of_task
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class ReopenTask:
    """Ask that a done or cancelled task be open again."""

    task_id: UUID
    expected_version: int | None = None


def reopen_task(command: ReopenTask, tx: Transaction, actor: Actor) -> Json:
    """Reopen a task of a deal in progress, unless one that waited for it is done; answer the task."""
    tasks = Tasks(tx, actor)
    held = tasks.hold(command.task_id, expected_version=command.expected_version)
    held.deal.require_open()
    held.plan.reopen(held.task)
    tasks.save(held.task)
    tx.emit(TaskChanged(**of_task(held.task, held.deal, tx.now), changed=("status",)))
    return task_answer(held.task, held.plan, held.deal, tx.now)
