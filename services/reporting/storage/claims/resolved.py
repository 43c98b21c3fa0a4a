"""Claims resolved, counted by the database."""

from __future__ import annotations

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.domain.managers.performance import ClaimCell
from services.reporting.domain.period import Period
from services.reporting.storage.claims.scoped import scoped, with_first
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import claim_facts

_c = claim_facts.c


def claims_resolved(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells
) -> list[ClaimCell]:
    """Count the claims that were resolved in a period and stayed so, by the manager who had them then."""
    reopened = claim_facts.alias()
    later = sa.exists().where(
        reopened.c.claim_id == _c.claim_id,
        reopened.c.sequence > _c.sequence,
        reopened.c.kind == ClaimKind.REOPENED.value,
        *moment.until(reopened),
    )
    conditions = [_c.kind == ClaimKind.RESOLVED.value, *moment.until(claim_facts), ~later]
    conditions += scoped(connection, claim_facts, scope, cells)
    if period.start is not None:
        conditions.append(_c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(_c.occurred_at < period.end)
    targets = sa.func.coalesce(_c.has_targets, sa.false())
    in_time = sa.or_(_c.resolution_due_at.is_(None), _c.occurred_at <= _c.resolution_due_at)
    statement = (
        sa.select(
            _c.manager_id,
            sa.func.count().label("claims"),
            sa.func.sum(sa.case((targets, 1), else_=0)).label("with_target"),
            sa.func.sum(sa.case((sa.and_(targets, in_time), 1), else_=0)).label("in_time"),
        )
        .select_from(with_first(claim_facts))
        .where(*conditions)
        .group_by(_c.manager_id)
    )
    return [
        ClaimCell(
            manager_id=str(row.manager_id) if row.manager_id is not None else None,
            claims=row.claims,
            with_target=row.with_target,
            in_time=row.in_time,
        )
        for row in connection.execute(statement)
    ]
