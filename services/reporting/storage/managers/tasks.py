"""Overdue tasks, counted by the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.clock import day_of, midnight
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.managers.performance import OverdueCell
from services.reporting.domain.period import Period
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.recount import by_month, counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among
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


def counted_tasks(
    connection: sa.Connection, zone: ZoneInfo, task_ids: Collection[UUID] = (), deal_ids: Collection[UUID] = ()
) -> dict[Key, Counts]:
    """Give what some tasks, and those of some deals, count for as they stand now."""
    in_progress = sa.and_(_d.outcome == Outcome.IN_PROGRESS.value, _d.counted)
    which = among(connection, _c.task_id, task_ids) if task_ids else among(connection, _c.deal_id, deal_ids)
    statement = (
        sa.select(_c.due_at, _c.assignee_id, sa.func.coalesce(_d.process_key, ""), sa.func.count())
        .select_from(task_facts.outerjoin(deal_states, _d.deal_id == _c.deal_id))
        .where(which, *_to_do(None), _c.due_at.is_not(None), sa.or_(_c.deal_id.is_(None), in_progress))
        .group_by(_c.due_at, _c.assignee_id, _d.process_key)
    )
    return by_month(connection, statement, zone, keys=1)


def _to_do(moment: Moment | None) -> Iterator[sa.ColumnElement[bool]]:
    """Say that a fact is the last one of its task by a moment, or of all, and leaves it to be done by somebody."""
    later = task_facts.alias()
    known = moment.until(later) if moment is not None else []
    yield _c.assignee_id.is_not(None)
    yield _c.is_open
    yield ~sa.exists().where(later.c.task_id == _c.task_id, later.c.sequence > _c.sequence, *known)
