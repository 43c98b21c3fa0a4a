"""How satisfied clients were at a moment, read from facts."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from services.reporting.domain.claims.satisfaction import Answer, Request
from services.reporting.domain.period import Period
from services.reporting.domain.satisfaction import Scale
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import satisfaction_facts, satisfaction_requests

_AT_ONCE = 5_000
_f, _r = satisfaction_facts.c, satisfaction_requests.c


def answers(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells | None = None
) -> Iterator[Answer]:
    """Read, a part at a time, the answers that count at a moment and were given in a period.

    The latest of each respondent about a thing counts, on each scale; where nobody is named, the client is one respondent.
    `cells` tell of products, where a scope names any.
    """
    place = sa.func.row_number().over(
        partition_by=(_f.about_id, _f.respondent_id, _f.scale),
        order_by=(_f.occurred_at.desc(), _f.recorded_at.desc(), _f.response_id.desc()),
    )
    within = moment.until(satisfaction_facts)
    if scope.partners is not None:  # few answers, and those that they compete with, are found without reading all
        theirs = satisfaction_facts.alias("theirs").c
        within.append(_f.about_id.in_(sa.select(theirs.about_id).where(theirs.partner_id.in_(scope.partners))))
    known = sa.select(satisfaction_facts, place.label("place")).where(*within).subquery()
    statement = sa.select(known).where(known.c.place == 1, *_narrowed(known, scope, period, cells))
    for row in connection.execute(statement.execution_options(yield_per=_AT_ONCE)):
        yield Answer(
            scale=Scale(row.scale),
            score=row.score,
            about_kind=row.about_kind,
            partner_id=row.partner_id,
            manager_id=row.manager_id,
            answered_at=row.occurred_at,
        )


def requests(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells | None = None
) -> Iterator[Request]:
    """Read, a part at a time, who was asked in a period, and whether they had answered by a moment."""
    answered = sa.exists().where(_f.request_id == _r.request_id, *moment.until(satisfaction_facts))
    conditions = [*moment.until(satisfaction_requests), *_narrowed(satisfaction_requests, scope, period, cells)]
    statement = sa.select(_r.about_kind, _r.partner_id, _r.manager_id, _r.occurred_at, answered.label("answered"))
    for row in connection.execute(statement.where(*conditions).execution_options(yield_per=_AT_ONCE)):
        yield Request(
            about_kind=row.about_kind,
            partner_id=row.partner_id,
            manager_id=row.manager_id,
            requested_at=row.occurred_at,
            answered=bool(row.answered),
        )


def _narrowed(facts: sa.FromClause, scope: Scope, period: Period, cells: Cells | None) -> list[sa.ColumnElement[bool]]:
    """Give the conditions of scope and period; what is about no deal is about no product."""
    conditions = scope.on(facts.c.manager_id, facts.c.partner_id)
    if period.start is not None:
        conditions.append(facts.c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(facts.c.occurred_at < period.end)
    if scope.products is not None:
        assert cells is not None
        conditions.append(cells.deals_about(facts.c.deal_id, scope.products))
    return conditions
