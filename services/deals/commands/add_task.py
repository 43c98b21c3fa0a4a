"""Add a task to a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import task_answer
from services.deals.commands.inputs import Day, Description, Instant, Title
from services.deals.commands.task_inputs import Prerequisites, due_of
from services.deals.domain.deal import Deal
from services.deals.domain.kinds import TASK
from services.deals.domain.task import Priority, Task
from services.deals.events import TaskCreated, of_task
from services.deals.storage.tasks import Tasks


@dataclass(frozen=True, kw_only=True)
class AddTask:
    """Ask that something be done for a deal; without an assignee it is the deal's manager who does it.

    With a `stage` it is work of that stage, which is finished when all its tasks are done or cancelled.
    """

    deal_id: UUID
    title: Title
    description: Description | None = None
    assignee_id: UUID | None = None
    due_on: Day | None = None
    due_at: Instant | None = None
    priority: Priority = Priority.NORMAL
    prerequisite_ids: Prerequisites = frozenset()
    stage: str | None = None


def add_task(command: AddTask, tx: Transaction, actor: Actor) -> Json:
    """Add a task to a deal in progress, of whatever control mode; answer the task."""
    tasks = Tasks(tx, actor)
    deal = tasks.deals.get(command.deal_id)
    deal.require_open()
    plan = tasks.plan_of(deal)
    task = plan.add(
        Task(
            id=new_id(TASK),
            deal_id=deal.id,
            title=command.title,
            description=command.description,
            assignee_id=command.assignee_id or deal.manager_id,
            due=due_of(command.due_on, command.due_at, tx),
            priority=command.priority,
            prerequisites=command.prerequisite_ids,
            stage=_stage(command, deal),
            created_at=tx.now,
        )
    )
    tasks.add([task])
    tx.emit(TaskCreated(**of_task(task, deal, tx.now)))
    return task_answer(task, plan, deal, tx.now)


def _stage(command: AddTask, deal: Deal) -> str | None:
    if command.stage is None:
        return None
    stage = deal.process.stage(command.stage)
    if deal.stage is not None and stage.rank < deal.stage.rank:
        raise refuse("STAGE_PASSED", f"the deal has left {stage.key!r}; name its stage or a later one", "stage")
    return stage.key
