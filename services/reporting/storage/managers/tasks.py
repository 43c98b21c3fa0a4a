"""Overdue tasks, counted by the database."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.clock import day_of, midnight
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.managers.performance import OverdueCell
from services.reporting.domain.period import Period, month_of
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.recount import counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among_given, given
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import deal_states, task_counts, task_facts

_c, _d = task_facts.c, deal_states.c


def overdue_tasks(
    connection: sa.Connection, scope: Scope, moment: Moment, cells: Cells, zone: ZoneInfo
) -> list[OverdueCell]:
    """Count the tasks that were due before the moment and open at it, by whose they were to do then.

    What is left to do in a deal that is closed, voided or merged asks for nobody any more. Of now, those due before this
    month are counted already; cells of the same manager may come twice.
    """
    month = midnight(day_of(moment.as_of, zone).replace(day=1), zone)
    months = counted_months(scope, moment, Period(end=month), zone)
    if months is None:
        return _overdue(connection, scope, moment, cells)
    spans = Spans(connection, zone).fewest(months, [extent(_c.due_at)])
    earlier = counts_of_managers(task_counts, scope, spans).where(*scope.of_processes(task_counts.c.process_key))
    found = [OverdueCell(manager_id=str(row.credited), tasks=int(row.tasks)) for row in connection.execute(earlier)]
    return found + _overdue(connection, scope, moment, cells, _c.due_at >= month)


def _overdue(
    connection: sa.Connection, scope: Scope, moment: Moment, cells: Cells, *also: sa.ColumnElement[bool]
) -> list[OverdueCell]:
    conditions = [
        *_to_do(moment),
        _c.due_at < moment.as_of,
        sa.or_(_c.deal_id.is_(None), cells.in_progress(_c.deal_id)),
        *moment.until(task_facts),
        *also,
    ]
    conditions += scope.on(_c.assignee_id, _c.partner_id)
    if scope.processes is not None:
        conditions.append(cells.deals_of(_c.deal_id, scope.processes))
    if scope.products is not None:
        conditions.append(cells.deals_about(_c.deal_id, scope.products))
    statement = sa.select(_c.assignee_id, sa.func.count().label("tasks")).where(*conditions).group_by(_c.assignee_id)
    return [OverdueCell(manager_id=str(row.assignee_id), tasks=row.tasks) for row in connection.execute(statement)]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact:
    """How a task stands after its fact of a sequence."""

    task_id: UUID
    sequence: int
    is_open: bool
    due_at: datetime | None
    assignee_id: UUID | None
    deal_id: UUID | None


def last_facts(connection: sa.Connection, task_ids: Collection[UUID]) -> dict[UUID, TaskFact]:
    """Give the last fact of each of some tasks, as far as one is known."""
    return _last(connection, _select_facts(connection.dialect.name, _c.task_id), task_ids)


def tasks_to_do(connection: sa.Connection, deal_ids: Collection[UUID]) -> list[TaskFact]:
    """Give what is left to do by somebody until a moment, in some deals, whatever became of these."""
    found = _select_to_do(connection.dialect.name)
    return list(_last(connection, found, deal_ids).values())


def _last(connection: sa.Connection, statement: sa.Select[Any], ids: Collection[UUID]) -> dict[UUID, TaskFact]:
    rows = connection.execute(statement, {"ids": given(connection, ids)})
    return {
        task_id: TaskFact(
            task_id=task_id, sequence=sequence, is_open=is_open, due_at=due_at, assignee_id=assignee_id, deal_id=deal_id
        )
        for task_id, sequence, is_open, due_at, assignee_id, deal_id in rows
    }


@cache
def _select_facts(dialect: str, which: sa.Column[UUID]) -> sa.Select[Any]:
    columns = (_c.task_id, _c.sequence, _c.is_open, _c.due_at, _c.assignee_id, _c.deal_id)
    return sa.select(*columns).where(among_given(dialect, which)).order_by(_c.task_id, _c.sequence)


@cache
def _select_to_do(dialect: str) -> sa.Select[Any]:
    return _select_facts(dialect, _c.deal_id).where(*_to_do(None), _c.due_at.is_not(None))


def processes_in_progress(connection: sa.Connection, deal_ids: Collection[UUID]) -> dict[UUID, str]:
    """Give the processes of those of some deals that are counted and in progress."""
    if not deal_ids:
        return {}
    rows = connection.execute(_select_in_progress(connection.dialect.name), {"ids": given(connection, deal_ids)})
    return {row.deal_id: row.process_key for row in rows}


@cache
def _select_in_progress(dialect: str) -> sa.Select[Any]:
    in_progress = (_d.outcome == Outcome.IN_PROGRESS.value, _d.counted)
    return sa.select(_d.deal_id, _d.process_key).where(among_given(dialect, _d.deal_id), *in_progress)


def counted_tasks(tasks: Iterable[TaskFact], processes: Mapping[UUID, str | None], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what tasks count for: those to be done by somebody until a moment, of no deal or of one in progress.

    `processes` are those of the deals in progress.
    """
    found: Counter[Key] = Counter()
    for task in tasks:
        process = processes.get(task.deal_id) if task.deal_id is not None else ""
        if process is not None and task.is_open and task.assignee_id is not None and task.due_at is not None:
            found[month_of(task.due_at, zone), task.assignee_id, process] += 1
    return {key: (count,) for key, count in found.items()}


def _to_do(moment: Moment | None) -> Iterator[sa.ColumnElement[bool]]:
    """Say that a fact is the last one of its task by a moment, or of all, and leaves it to be done by somebody."""
    later = task_facts.alias()
    known = moment.until(later) if moment is not None else []
    yield _c.assignee_id.is_not(None)
    yield _c.is_open
    yield ~sa.exists().where(later.c.task_id == _c.task_id, later.c.sequence > _c.sequence, *known)
