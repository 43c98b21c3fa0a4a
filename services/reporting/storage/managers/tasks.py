"""Tasks that are overdue, and those that were done by when they were due or later, counted by the database."""

from __future__ import annotations

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
from services.reporting.domain.managers.performance import TaskCell
from services.reporting.domain.managers.tasks import NO_DEAL, UNKNOWN, DealOfTasks
from services.reporting.domain.period import Months, Period, month_number, month_of
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.rolled_cells import credited
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.recount import counted_months
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among_given, given
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import deal_states, task_counts, task_facts

_c, _d, _n = task_facts.c, deal_states.c, task_counts.c
_DONE = _c.done_at.is_not(None)
_IN_TIME = _c.done_at <= _c.due_at


def tasks_by_manager(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, zone: ZoneInfo
) -> list[TaskCell]:
    """Count the tasks that were due before the moment and open at it, and what became of those that were due in a period.

    A task is whose it was to do at the moment, or when it was done. What is left to do in a deal that is closed, voided or
    merged asks for nobody any more; what was done in a deal that is voided or merged does not count. Of now, those due
    before this month are counted already; cells of the same manager may come twice.
    """
    months = counted_months(scope, moment, period, zone)
    if months is None:
        return _counted(connection, scope, moment, period, cells)
    month = month_number(month_of(moment.as_of, zone))
    begins = midnight(day_of(moment.as_of, zone).replace(day=1), zone)
    rolled = _rolled(connection, scope, months, month, zone)
    return rolled + _counted(connection, scope, moment, None if month not in months else Period(), cells, begins)


def _rolled(connection: sa.Connection, scope: Scope, months: Months, month: int, zone: ZoneInfo) -> list[TaskCell]:
    """Add up the counts: of what is done, of all months asked for; of what is overdue, of those before this month."""
    spans, ranges = Spans(connection, zone), [extent(_c.due_at)]
    before = Months(end=month)
    asked_before = Months(first=months.first, end=month if months.end is None else min(months.end, month))
    passed = spans.fewest(before, ranges)
    asked = spans.fewest(months, ranges)
    missed = passed if asked_before == before else spans.fewest(asked_before, ranges)
    statement = (
        sa.select(
            _n.credited,
            _sum(_n.tasks, _n.span.in_(passed)),
            _sum(_n.in_time, _n.span.in_(asked)),
            _sum(_n.late, _n.span.in_(asked)),
            _sum(_n.tasks, _n.span.in_(missed)),
        )
        .where(
            _n.span.in_({*passed, *asked, *missed}),
            *credited(_n.credited, scope, each=True),
            *scope.of_processes(_n.process_key),
        )
        .group_by(_n.credited)
    )
    return [_cell(row) for row in connection.execute(statement) if any(row[1:])]


def _counted(
    connection: sa.Connection,
    scope: Scope,
    moment: Moment,
    period: Period | None,
    cells: Cells,
    since: datetime | None = None,
) -> list[TaskCell]:
    """Count task by task; with `since` only what is open and was due from then on, of which all or none is in the period.

    What is of no deal, and what is of one in progress, is counted apart: said in one condition, PostgreSQL would look for
    the deal of each task instead of joining them.
    """
    late = [_c.is_open, _c.due_at < moment.as_of, *([_c.due_at >= since] if since is not None else [])]
    in_period = sa.and_(_c.due_at.is_not(None), *within(_c.due_at, period)) if period is not None else sa.false()
    parts = [[*late, _c.deal_id.is_(None)], [*late, cells.in_progress(_c.deal_id)]]
    if since is None:
        parts.append([_DONE, in_period, sa.or_(_c.deal_id.is_(None), ~cells.put_away(_c.deal_id))])
    conditions = [*_last(moment), *moment.until(task_facts), *scope.on(_c.assignee_id, _c.partner_id)]
    if scope.processes is not None:
        conditions.append(cells.deals_of(_c.deal_id, scope.processes))
    if scope.products is not None:
        conditions.append(cells.deals_about(_c.deal_id, scope.products))
    counts = sa.select(
        _c.assignee_id,
        sa.func.count().filter(_c.is_open),
        sa.func.count().filter(_DONE, _IN_TIME),
        sa.func.count().filter(_DONE, ~_IN_TIME),
        sa.func.count().filter(_c.is_open, in_period),
    ).group_by(_c.assignee_id)
    return [_cell(row) for part in parts for row in connection.execute(counts.where(*conditions, *part))]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskFact:
    """How a task stands after its fact of a sequence."""

    task_id: UUID
    sequence: int
    is_open: bool
    done_at: datetime | None
    due_at: datetime | None
    assignee_id: UUID | None
    deal_id: UUID | None


def last_facts(connection: sa.Connection, task_ids: Collection[UUID]) -> dict[UUID, TaskFact]:
    """Give the last fact of each of some tasks, as far as one is known."""
    return _read(connection, _select_facts(connection.dialect.name, _c.task_id), task_ids)


def tasks_of_deals(connection: sa.Connection, deal_ids: Collection[UUID]) -> list[TaskFact]:
    """Give what somebody has to do or has done that was due at a moment, in some deals, whatever became of these."""
    return list(_read(connection, _select_of_deals(connection.dialect.name), deal_ids).values())


def _read(connection: sa.Connection, statement: sa.Select[Any], ids: Collection[UUID]) -> dict[UUID, TaskFact]:
    rows = connection.execute(statement, {"ids": given(connection, ids)})
    return {
        task_id: TaskFact(
            task_id=task_id, sequence=sequence, is_open=is_open, done_at=done_at, due_at=due_at, assignee_id=assignee_id,
            deal_id=deal_id,
        )
        for task_id, sequence, is_open, done_at, due_at, assignee_id, deal_id in rows
    }  # fmt: skip


@cache
def _select_facts(dialect: str, which: sa.Column[UUID]) -> sa.Select[Any]:
    columns = (_c.task_id, _c.sequence, _c.is_open, _c.done_at, _c.due_at, _c.assignee_id, _c.deal_id)
    return sa.select(*columns).where(among_given(dialect, which)).order_by(_c.task_id, _c.sequence)


@cache
def _select_of_deals(dialect: str) -> sa.Select[Any]:
    return _select_facts(dialect, _c.deal_id).where(*_last(None), _c.due_at.is_not(None), sa.or_(_c.is_open, _DONE))


def deals_of_tasks(connection: sa.Connection, deal_ids: Collection[UUID]) -> dict[UUID, DealOfTasks | None]:
    """Tell what those of some deals that are known are to their tasks."""
    if not deal_ids:
        return {}
    rows = connection.execute(_select_deals(connection.dialect.name), {"ids": given(connection, deal_ids)})
    return {
        row.deal_id: DealOfTasks(process_key=row.process_key, in_progress=row.outcome == Outcome.IN_PROGRESS.value)
        if row.counted
        else None
        for row in rows
    }


@cache
def _select_deals(dialect: str) -> sa.Select[Any]:
    return sa.select(_d.deal_id, _d.process_key, _d.outcome, _d.counted).where(among_given(dialect, _d.deal_id))


def counted_tasks(
    tasks: Iterable[TaskFact], deals: Mapping[UUID, DealOfTasks | None], zone: ZoneInfo
) -> dict[Key, Counts]:
    """Give what tasks with somebody to do them and a moment by which they are due count for: to be done, done in time or late."""
    found: dict[Key, Counts] = {}
    for task in tasks:
        deal = deals.get(task.deal_id, UNKNOWN) if task.deal_id is not None else NO_DEAL
        if deal is None or task.assignee_id is None or task.due_at is None:
            continue
        key = (month_of(task.due_at, zone), task.assignee_id, deal.process_key)
        to_do, in_time, late = found.get(key, (0, 0, 0))
        if task.done_at is not None:
            in_time, late = in_time + (task.done_at <= task.due_at), late + (task.done_at > task.due_at)
        elif task.is_open and deal.in_progress:
            to_do += 1
        else:
            continue
        found[key] = (to_do, in_time, late)
    return found


def _last(moment: Moment | None) -> Iterator[sa.ColumnElement[bool]]:
    """Say that a fact is the last one of its task by a moment, or of all, and tells whose it is to do."""
    later = task_facts.alias()
    known = moment.until(later) if moment is not None else []
    yield _c.assignee_id.is_not(None)
    # a first fact is later than no other one: half of them need not be looked into
    follows = (later.c.task_id == _c.task_id, later.c.sequence > _c.sequence, later.c.sequence > 1)
    yield ~sa.exists().where(*follows, *known)


def _sum(counts: sa.Column[int], when: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    return sa.func.sum(sa.case((when, counts), else_=0))


def _cell(row: sa.Row[Any]) -> TaskCell:
    overdue, in_time, late, missed = map(int, row[1:])
    return TaskCell(manager_id=str(row[0]), overdue=overdue, in_time=in_time, late=late, missed=missed)
