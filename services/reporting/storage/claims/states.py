"""Claims as they stood at a moment, read from facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind, ClaimState
from services.reporting.domain.period import Period
from services.reporting.storage.claims.scoped import FIRST, scoped, with_first
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import claim_facts

_c = claim_facts.c


def claim_states(connection: sa.Connection, scope: Scope, moment: Moment, cells: Cells) -> list[ClaimState]:
    """Read how all claims of a scope stood at a moment, as far as it was known.

    A first answer may be told of later than the claim's next facts: what is known of it now counts from its own moment.
    """
    last, known = _last(moment.until(claim_facts)), _last(_known(moment))
    newest = claim_facts.alias("newest")
    facts = (
        with_first(claim_facts)
        .join(last, sa.and_(_c.claim_id == last.c.claim_id, _c.sequence == last.c.sequence))
        .join(known, _c.claim_id == known.c.claim_id)
        .join(newest, sa.and_(newest.c.claim_id == known.c.claim_id, newest.c.sequence == known.c.sequence))
    )
    statement: sa.Select[Any] = sa.select(
        _c.claim_id,
        sa.func.coalesce(_c.registered_at, FIRST.c.occurred_at, _c.occurred_at).label("registered_at"),
        sa.func.coalesce(_c.partner_id, FIRST.c.partner_id).label("partner_id"),
        sa.func.coalesce(_c.cause, FIRST.c.cause).label("cause"),
        _c.manager_id,
        _c.severity,
        _c.root_cause,
        _c.products,
        _c.has_targets,
        _c.first_response_due_at,
        newest.c.first_responded_at,
        newest.c.first_response_seconds,
        _c.resolution_due_at,
        _c.resolution_seconds,
        _c.waiting_since,
        _c.resolved_at,
    ).select_from(facts)
    rows = connection.execute(statement.where(*scoped(connection, claim_facts, scope, cells)))
    return [_state(row, moment.as_of) for row in rows]


def reopenings(connection: sa.Connection, moment: Moment, period: Period) -> Sequence[tuple[UUID, datetime]]:
    """Read which claims were reopened in a period, and when; one may have been several times."""
    conditions = [_c.kind == ClaimKind.REOPENED.value, *moment.until(claim_facts)]
    if period.start is not None:
        conditions.append(_c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(_c.occurred_at < period.end)
    rows = connection.execute(sa.select(_c.claim_id, _c.occurred_at).where(*conditions))
    return [(row.claim_id, row.occurred_at) for row in rows]


def _known(moment: Moment) -> list[sa.ColumnElement[bool]]:
    return [] if moment.known_at is None else [_c.recorded_at <= moment.known_at]


def _last(conditions: list[sa.ColumnElement[bool]]) -> sa.Subquery:
    sequence = sa.func.max(_c.sequence).label("sequence")
    return sa.select(_c.claim_id, sequence).where(*conditions).group_by(_c.claim_id).subquery()


def _state(row: sa.Row[Any], as_of: datetime) -> ClaimState:
    answered = row.first_responded_at is not None and row.first_responded_at <= as_of
    return ClaimState(
        claim_id=row.claim_id,
        registered_at=row.registered_at,
        partner_id=row.partner_id,
        manager_id=row.manager_id,
        severity=row.severity,
        cause=row.cause,
        root_cause=row.root_cause,
        products=tuple(row.products or ()),
        has_targets=bool(row.has_targets),
        first_response_due_at=row.first_response_due_at,
        first_responded_at=row.first_responded_at if answered else None,
        first_response_seconds=row.first_response_seconds if answered else None,
        resolution_due_at=row.resolution_due_at,
        resolution_seconds=row.resolution_seconds,
        waiting_since=row.waiting_since,
        resolved_at=row.resolved_at,
    )
