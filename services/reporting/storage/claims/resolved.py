"""Claims resolved, counted by the database."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.domain.managers.performance import ClaimCell
from services.reporting.domain.period import Period
from services.reporting.storage.claims.scoped import scoped, with_first
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.recount import by_month, counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import claim_counts, claim_facts
from services.reporting.storage.tables.rollups import NOBODY

_c = claim_facts.c
_TARGETS = sa.func.coalesce(_c.has_targets, sa.false())
_IN_TIME = sa.or_(_c.resolution_due_at.is_(None), _c.occurred_at <= _c.resolution_due_at)
_SUMS = (
    sa.func.count().label("claims"),
    sa.func.sum(sa.case((_TARGETS, 1), else_=0)).label("with_target"),
    sa.func.sum(sa.case((sa.and_(_TARGETS, _IN_TIME), 1), else_=0)).label("in_time"),
)


def claims_resolved(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, zone: ZoneInfo
) -> list[ClaimCell]:
    """Count the claims that were resolved in a period and stayed so, by the manager who had them then."""
    months = counted_months(scope, moment, period, zone)
    if months is not None:
        resolved = extent(_c.occurred_at, _c.kind == ClaimKind.RESOLVED.value)
        statement = counts_of_managers(claim_counts, scope, Spans(connection, zone).fewest(months, [resolved]))
        return [_cell(None if row.credited == NOBODY else row.credited, row) for row in connection.execute(statement)]
    conditions = [*_resolved(moment), *moment.until(claim_facts), *scoped(connection, claim_facts, scope, cells)]
    if period.start is not None:
        conditions.append(_c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(_c.occurred_at < period.end)
    statement = (
        sa.select(_c.manager_id, *_SUMS).select_from(with_first(claim_facts)).where(*conditions).group_by(_c.manager_id)
    )
    return [_cell(row.manager_id, row) for row in connection.execute(statement)]


def counted_claims(connection: sa.Connection, ids: Collection[UUID], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what some claims count for, as far as they are known now."""
    statement = (
        sa.select(_c.occurred_at, _c.manager_id, *_SUMS)
        .where(among(connection, _c.claim_id, ids), *_resolved(None))
        .group_by(_c.occurred_at, _c.manager_id)
    )
    return by_month(connection, statement, zone)


def _resolved(moment: Moment | None) -> list[sa.ColumnElement[bool]]:
    """Say that a fact resolves its claim, which was not reopened by a moment, or at all."""
    reopened = claim_facts.alias()
    later = sa.exists().where(
        reopened.c.claim_id == _c.claim_id,
        reopened.c.sequence > _c.sequence,
        reopened.c.kind == ClaimKind.REOPENED.value,
        *(moment.until(reopened) if moment is not None else []),
    )
    return [_c.kind == ClaimKind.RESOLVED.value, ~later]


def _cell(manager_id: UUID | None, row: sa.Row[Any]) -> ClaimCell:
    return ClaimCell(
        manager_id=str(manager_id) if manager_id is not None else None,
        claims=int(row.claims),
        with_target=int(row.with_target),
        in_time=int(row.in_time),
    )
