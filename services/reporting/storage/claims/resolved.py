"""Claims resolved, counted by the database."""

from __future__ import annotations

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.domain.managers.performance import ClaimCell
from services.reporting.domain.period import Period
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import claim_facts

_c = claim_facts.c


def claims_resolved(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells
) -> list[ClaimCell]:
    """Count the claims whose last resolution lies in a period, by the manager who had them then."""
    last = (
        sa.select(_c.claim_id, sa.func.max(_c.sequence).label("sequence"))
        .where(_c.kind == ClaimKind.RESOLVED.value, *moment.until(claim_facts))
        .group_by(_c.claim_id)
        .subquery()
    )
    conditions = scope.on(_c.manager_id, _c.partner_id)
    if period.start is not None:
        conditions.append(_c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(_c.occurred_at < period.end)
    if scope.products is not None:  # a claim is about the products of its deal, which only its first fact names
        first = claim_facts.alias()
        about = cells.deals_about(first.c.deal_id, scope.products)
        conditions.append(_c.claim_id.in_(sa.select(first.c.claim_id).where(about)))
    statement = (
        sa.select(_c.manager_id, sa.func.count().label("claims"))
        .join_from(claim_facts, last, sa.and_(_c.claim_id == last.c.claim_id, _c.sequence == last.c.sequence))
        .where(*conditions)
        .group_by(_c.manager_id)
    )
    return [
        ClaimCell(manager_id=str(row.manager_id) if row.manager_id is not None else None, claims=row.claims)
        for row in connection.execute(statement)
    ]
