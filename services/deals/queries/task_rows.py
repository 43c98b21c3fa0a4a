"""Tasks as lists read them, with what is said of each: whether it waits for another one, and whether it is late."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import task_json
from services.deals.domain.task import Priority, TaskStatus
from services.deals.domain.transition import Outcome
from services.deals.storage.merged import all_of
from services.deals.storage.reach import within_reach_or_charge
from services.deals.storage.tables import deals, task_prerequisites, tasks
from services.deals.storage.tasks import OPEN, prerequisites_of


@dataclass(frozen=True, kw_only=True)
class TaskFilter:
    """Which tasks: each field narrows further, an absent one does not."""

    assignee_ids: list[UUID] | None = None
    deal_ids: list[UUID] | None = None
    statuses: list[TaskStatus] | None = None
    priorities: list[Priority] | None = None
    stages: list[str] | None = None
    overdue: bool | None = None
    blocked: bool | None = None

    def conditions(self, now: datetime) -> list[sa.ColumnElement[bool]]:
        """Give the filter in SQL."""
        t = tasks.c
        asked: list[tuple[sa.ColumnElement[Any], list[Any] | None]] = [
            (t.assignee_id, self.assignee_ids),
            (t.status, self.statuses),
            (t.priority, self.priorities),
            (t.stage, self.stages),
        ]
        conditions: list[sa.ColumnElement[bool]] = [one.in_(values) for one, values in asked if values is not None]
        if self.deal_ids is not None:
            conditions.append(t.deal_id.in_(all_of(self.deal_ids)))
        for flag, wanted in ((is_overdue(now), self.overdue), (is_blocked(), self.blocked)):
            if wanted is not None:
                conditions.append(flag if wanted else sa.not_(flag))
        return conditions


def is_overdue(now: datetime) -> sa.ColumnElement[bool]:
    """Say "late" of rows of `tasks` joined with their deals: only deals in progress that count have late tasks."""
    late = sa.and_(tasks.c.due_at.is_not(None), tasks.c.due_at <= now)
    d = deals.c
    counted = sa.and_(d.outcome == Outcome.IN_PROGRESS, d.voided_at.is_(None), d.merged_into_id.is_(None))
    return sa.and_(tasks.c.status.in_(OPEN), late, counted)


def is_blocked() -> sa.ColumnElement[bool]:
    """Say "cannot be completed yet" of rows of `tasks`."""
    before = tasks.alias()
    waits = (
        sa.exists()
        .where(task_prerequisites.c.task_id == tasks.c.id)
        .where(before.c.id == task_prerequisites.c.prerequisite_id, before.c.status.in_(OPEN))
        .correlate(tasks)
    )
    return sa.and_(tasks.c.status.in_(OPEN), waits)


def tasks_with_flags(now: datetime) -> sa.Select[Any]:
    """Select tasks with what is said of them; whoever asks narrows them to those that may be seen."""
    return sa.select(tasks, is_blocked().label("blocked"), is_overdue(now).label("overdue")).join(
        deals, deals.c.id == tasks.c.deal_id
    )


def tasks_in_reach(actor: Actor, now: datetime) -> sa.Select[Any]:
    """Select the tasks of deals within reach, and those that somebody within reach is to do, in whatever deal."""
    return tasks_with_flags(now).where(*within_reach_or_charge(actor, deals.c.manager_id, tasks.c.assignee_id))


def tasks_json(reading: Reading, rows: Iterable[sa.Row[Any]]) -> list[Json]:
    """Give tasks from their rows, in their order."""
    rows = list(rows)
    before = prerequisites_of(reading.connection, [row.id for row in rows])
    return [task_json(row._mapping, before[row.id]) for row in rows]
