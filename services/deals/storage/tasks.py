"""Tasks in the database."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.task import Due, Priority, Task, TaskStatus
from services.deals.domain.work_plan import WorkPlan
from services.deals.storage.audit import Subject, conflict, note_changes, note_made
from services.deals.storage.deals import Deals
from services.deals.storage.reach import within_reach_or_charge
from services.deals.storage.tables import deals, task_prerequisites, tasks

OPEN = tuple(status for status in TaskStatus if status.is_open)


@dataclass(frozen=True, kw_only=True)
class HeldTask:
    """A task with all that its rules look at, held until the transaction ends."""

    task: Task
    plan: WorkPlan
    deal: Deal


class Tasks:
    """The tasks that an actor reaches: those of deals within reach, and those that they or their team are to do."""

    def __init__(self, tx: Transaction, actor: Actor) -> None:
        self.deals = Deals(tx, actor)
        self._tx = tx
        self._actor = actor

    def hold(self, task_id: UUID, *, expected_version: int | None = None) -> HeldTask:
        """Read a task with its deal and plan, and hold them; raise Refused with NOT_FOUND or CONFLICT."""
        reach = within_reach_or_charge(self._actor, deals.c.manager_id, tasks.c.assignee_id)
        deal_id = self._tx.connection.execute(
            sa.select(tasks.c.deal_id).join(deals, deals.c.id == tasks.c.deal_id).where(tasks.c.id == task_id, *reach)
        ).scalar()
        if deal_id is None:
            raise refuse("NOT_FOUND", f"there is no task {task_id}", "task")
        deal = self.deals.hold(deal_id)
        plan = self.plan_of(deal)
        task = plan.get(task_id)
        if expected_version is not None and expected_version != task.version:
            raise conflict(
                self._tx.connection,
                "task",
                task.id,
                version=task.version,
                expected=expected_version,
                field="expectedVersion",
            )
        return HeldTask(task=task, plan=plan, deal=deal)

    def plan_of(self, deal: Deal) -> WorkPlan:
        """Read the plan of a deal that is held."""
        t = tasks.c
        rows = self._tx.connection.execute(
            sa.select(tasks).where(t.deal_id == deal.id).order_by(t.created_at, t.id)
        ).all()
        before = prerequisites_of(self._tx.connection, [row.id for row in rows])
        read = [_task(row, frozenset(before[row.id])) for row in rows]
        self._as_read = {task.id: _audited(task) for task in read}
        return WorkPlan(read)

    def add(self, new: Sequence[Task]) -> None:
        """Store new tasks."""
        if not new:
            return
        self._tx.connection.execute(tasks.insert(), [task_row(task) for task in new])
        self._add_prerequisites(new)
        note_made(self._tx, [(_subject(task), _audited(task)) for task in new])

    def save(self, task: Task) -> None:
        """Write a task of a plan that was read here, and what was changed of it."""
        self._tx.connection.execute(tasks.update().where(tasks.c.id == task.id), task_row(task))
        before, after = self._as_read[task.id], _audited(task)
        note_changes(self._tx, _subject(task), before=before, after=after)
        if before["prerequisites"] != after["prerequisites"]:
            p = task_prerequisites
            self._tx.connection.execute(p.delete().where(p.c.task_id == task.id))
            self._add_prerequisites([task])

    def _add_prerequisites(self, changed: Sequence[Task]) -> None:
        rows = [{"task_id": task.id, "prerequisite_id": one} for task in changed for one in task.prerequisites]
        if rows:
            self._tx.connection.execute(task_prerequisites.insert(), rows)


def _audited(task: Task) -> dict[str, Any]:
    return {**task_row(task), "prerequisites": sorted(task.prerequisites)}


def _subject(task: Task) -> Subject:
    return Subject(kind="task", id=task.id, version=task.version, deal_id=task.deal_id)


def prerequisites_of(connection: sa.Connection, task_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Read for what each of these tasks waits; tasks that wait for none are there too, with none."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    if task_ids:
        p = task_prerequisites.c
        where = p.task_id.in_(task_ids)
        for row in connection.execute(sa.select(p.task_id, p.prerequisite_id).where(where).order_by(p.prerequisite_id)):
            found[row.task_id].append(row.prerequisite_id)
    return found


def task_row(task: Task) -> dict[str, Any]:
    """Give a task as its row."""
    return {
        "id": task.id,
        "version": task.version,
        "deal_id": task.deal_id,
        "title": task.title,
        "description": task.description,
        "assignee_id": task.assignee_id,
        "due_on": task.due.on if task.due else None,
        "due_at": task.due.at if task.due else None,
        "priority": task.priority.value,
        "stage": task.stage,
        "template_key": task.template_key,
        "status": task.status.value,
        "progress": task.progress,
        "created_at": task.created_at,
        "completed_at": task.completed_at,
    }


def _task(row: sa.Row[Any], prerequisites: frozenset[UUID]) -> Task:
    return Task(
        id=row.id,
        version=row.version,
        deal_id=row.deal_id,
        title=row.title,
        description=row.description,
        assignee_id=row.assignee_id,
        due=Due(at=row.due_at, on=row.due_on) if row.due_at else None,
        priority=Priority(row.priority),
        prerequisites=prerequisites,
        stage=row.stage,
        template_key=row.template_key,
        status=TaskStatus(row.status),
        progress=row.progress,
        created_at=row.created_at,
        completed_at=row.completed_at,
    )
