"""Overdue tasks, counted by the database."""

from __future__ import annotations

import sqlalchemy as sa

from services.reporting.domain.managers.performance import OverdueCell
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import task_facts

_c = task_facts.c


def overdue_tasks(connection: sa.Connection, scope: Scope, moment: Moment, cells: Cells) -> list[OverdueCell]:
    """Count the tasks that were due before the moment and open at it, by whose they were to do then.

    What is left to do in a deal that is closed, voided or merged asks for nobody any more.
    """
    later = task_facts.alias()
    changed = sa.exists().where(later.c.task_id == _c.task_id, later.c.sequence > _c.sequence, *moment.until(later))
    conditions = [
        _c.assignee_id.is_not(None),
        _c.is_open,
        _c.due_at < moment.as_of,
        ~changed,
        sa.or_(_c.deal_id.is_(None), cells.in_progress(_c.deal_id)),
        *moment.until(task_facts),
    ]
    conditions += scope.on(_c.assignee_id, _c.partner_id)
    if scope.processes is not None:
        conditions.append(cells.deals_of(_c.deal_id, scope.processes))
    if scope.products is not None:
        conditions.append(cells.deals_about(_c.deal_id, scope.products))
    statement = sa.select(_c.assignee_id, sa.func.count().label("tasks")).where(*conditions).group_by(_c.assignee_id)
    return [OverdueCell(manager_id=str(row.assignee_id), tasks=row.tasks) for row in connection.execute(statement)]
