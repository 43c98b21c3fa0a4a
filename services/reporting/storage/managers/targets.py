"""Targets, as they stood at a moment."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from services.reporting.domain.managers.plan import Measure, Target
from services.reporting.domain.period import Months
from services.reporting.storage.moment import Moment
from services.reporting.storage.tables import target_facts

_t = target_facts.c


def targets(
    connection: sa.Connection, moment: Moment, within: Months, measures: Collection[Measure] | None
) -> list[Target]:
    """Read the targets that stood at a moment, and that lie wholly within some months."""
    conditions = moment.until(target_facts)
    if within.first is not None:
        conditions.append(_t.first_month >= within.first)
    if within.end is not None:
        conditions.append(_t.end_month <= within.end)
    if measures is not None:
        conditions.append(_t.measure.in_([measure.value for measure in measures]))
    statement = sa.select(target_facts).where(*conditions).order_by(_t.target_id, _t.sequence)
    last = {row.target_id: row for row in connection.execute(statement)}
    return [
        Target(
            owner_id=row.manager_id or row.team_id,
            of_team=row.manager_id is None,
            measure=Measure(row.measure),
            first=row.first_month,
            end=row.end_month,
            value=row.value,
        )
        for row in last.values()
        if row.stands
    ]
