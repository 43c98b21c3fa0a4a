"""Interactions, counted by the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.managers.performance import InteractionCell
from services.reporting.domain.period import Period
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.recount import by_month, counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import interaction_counts, interaction_facts, interaction_subjects

_c = interaction_facts.c


def interactions_by_manager(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, zone: ZoneInfo
) -> list[InteractionCell]:
    """Count the interactions between people that took place in a period, for each manager who took part, by kind and direction.

    One that was corrected does not count, as far as the correction was known by then: the correction does.
    """
    months = counted_months(scope, moment, period, zone)
    if months is not None:
        spans = Spans(connection, zone).fewest(months, [extent(_c.occurred_at)])
        counts = counts_of_managers(
            interaction_counts, scope, spans, interaction_counts.c.kind, interaction_counts.c.direction
        )
        return [InteractionCell(str(row[0]), row[1], row[2], int(row[3])) for row in connection.execute(counts)]
    conditions = [*_between_people(moment.known_at), *moment.until(interaction_facts), *within(_c.occurred_at, period)]
    keys = (_c.manager_id, _c.kind, _c.direction)
    statement = sa.select(*keys, sa.func.count()).where(*conditions, *_concerning(scope, cells)).group_by(*keys)
    return [InteractionCell(str(row[0]), row[1], row[2], row[3]) for row in connection.execute(statement)]


def talks_about(connection: sa.Connection, moment: Moment, deal_id: UUID) -> list[tuple[datetime, UUID]]:
    """Give the interactions between people about a deal, as known at a moment: when, and each manager who took part."""
    about = sa.exists().where(
        interaction_subjects.c.interaction_id == _c.interaction_id, interaction_subjects.c.thing_id == deal_id
    )
    conditions = [about, *_between_people(moment.known_at), *moment.until(interaction_facts)]
    rows = connection.execute(sa.select(_c.occurred_at, _c.manager_id).where(*conditions))
    return [(row.occurred_at, row.manager_id) for row in rows]


def counted_interactions(connection: sa.Connection, ids: Collection[UUID], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what some interactions count for, as far as they are known now."""
    statement = (
        sa.select(_c.occurred_at, _c.manager_id, _c.kind, _c.direction, sa.func.count())
        .where(among(connection, _c.interaction_id, ids), *_between_people(None))
        .group_by(_c.occurred_at, _c.manager_id, _c.kind, _c.direction)
    )
    return by_month(connection, statement, zone, keys=2)


def _between_people(known_at: datetime | None) -> list[sa.ColumnElement[bool]]:
    return [_c.manager_id.is_not(None), ~_c.automatic, ~_corrected(known_at)]


def _corrected(known_at: datetime | None) -> sa.ColumnElement[bool]:
    """Say that another interaction stands in the place of this one, of whatever moment that turned out to be."""
    correction = interaction_facts.alias()
    known = [correction.c.recorded_at <= known_at] if known_at is not None else []
    return sa.exists().where(correction.c.corrects_id == _c.interaction_id, *known)


def _concerning(scope: Scope, cells: Cells) -> list[sa.ColumnElement[bool]]:
    """Narrow by who took part, and by the partners and the deals' products that it was about."""
    about = interaction_subjects.alias()
    mine = about.c.interaction_id == _c.interaction_id
    conditions = scope.of_managers(_c.manager_id)
    narrowed = replace(scope, managers=None).on(_c.manager_id, about.c.thing_id)
    if narrowed:
        conditions.append(sa.exists().where(mine, *narrowed))
    if scope.products is not None:
        conditions.append(sa.exists().where(mine, cells.deals_about(about.c.thing_id, scope.products)))
    return conditions
