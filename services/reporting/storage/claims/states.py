"""Claims as they stood at a moment, read from facts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind, ClaimState
from services.reporting.domain.period import Period
from services.reporting.storage.claims.scoped import FIRST, scoped, with_first
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.moment import is_last
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import claim_facts

_c = claim_facts.c
_again = claim_facts.alias("again").c


_AT_ONCE = 5_000
_KEYS: dict[str, sa.ColumnElement[Any]] = {
    "partner_id": sa.func.coalesce(_c.partner_id, FIRST.c.partner_id),
    "manager_id": _c.manager_id,
    "severity": _c.severity,
    "cause": sa.func.coalesce(_c.cause, FIRST.c.cause),
    "root_cause": _c.root_cause,
    "products": _c.products,
}
"""What claims are grouped by, read only where it is."""
_REGISTERED_AT = sa.func.coalesce(_c.registered_at, FIRST.c.occurred_at, _c.occurred_at)


def claim_states(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, *, key: str | None
) -> Iterator[ClaimState]:
    """Read, a part at a time, how the claims of a scope stood at a moment that are open then, or to which something happened in a period.

    Of what claims are grouped by, only `key` is read. A first answer may be told of later than the claim's next facts:
    what is known of it now counts from its own moment.
    """
    facts = with_first(claim_facts)
    newest: sa.FromClause = claim_facts
    conditions = scoped(connection, claim_facts, scope, cells)
    if _is_latest(connection, moment):
        conditions.append(is_last(claim_facts, "claim_id", lambda _: ()))
    else:
        newest = claim_facts.alias("newest")
        facts = facts.join(newest, newest.c.claim_id == _c.claim_id)
        conditions += [*moment.until(claim_facts), is_last(claim_facts, "claim_id", moment.until)]
        conditions += [*moment.known(newest), is_last(newest, "claim_id", moment.known)]
    keys = [(column if name == key else sa.null()).label(name) for name, column in _KEYS.items()]
    statement: sa.Select[Any] = sa.select(
        _c.claim_id,
        _REGISTERED_AT.label("registered_at"),
        *keys,
        _c.has_targets,
        _c.first_response_due_at,
        newest.c.first_responded_at,
        newest.c.first_response_seconds,
        _c.resolution_due_at,
        _c.resolution_seconds,
        _c.waiting_since,
        _c.resolved_at,
    ).select_from(facts)
    if period != Period():
        reopened = sa.select(_again.claim_id).where(_again.kind == ClaimKind.REOPENED.value, *_within(_again, period))
        conditions.append(
            sa.or_(
                _c.resolved_at.is_(None),
                sa.and_(*_within(_c, period, _c.resolved_at)),
                sa.and_(*_within(_c, period, _REGISTERED_AT)),
                _c.claim_id.in_(reopened),
            )
        )
    chosen = statement.where(*conditions).execution_options(yield_per=_AT_ONCE)
    return (_state(row, moment.as_of) for row in connection.execute(chosen))


def reopenings(connection: sa.Connection, moment: Moment, period: Period) -> Sequence[tuple[UUID, datetime]]:
    """Read which claims were reopened in a period, and when; one may have been several times."""
    conditions = [_c.kind == ClaimKind.REOPENED.value, *moment.until(claim_facts), *_within(_c, period)]
    rows = connection.execute(sa.select(_c.claim_id, _c.occurred_at).where(*conditions))
    return [(row.claim_id, row.occurred_at) for row in rows]


def _is_latest(connection: sa.Connection, moment: Moment) -> bool:
    """Tell whether a moment is that of all facts: nothing has happened after it, and all that is known counts."""
    if moment.known_at is not None:
        return False
    kinds = [kind.value for kind in ClaimKind]  # the index goes by them
    later = sa.select(_c.occurred_at).where(_c.kind.in_(kinds), _c.occurred_at > moment.as_of).limit(1)
    return connection.execute(later).first() is None


def _within(facts: Any, period: Period, column: sa.ColumnElement[Any] | None = None) -> list[sa.ColumnElement[bool]]:
    moment = facts.occurred_at if column is None else column
    conditions: list[sa.ColumnElement[bool]] = []
    if period.start is not None:
        conditions.append(moment >= period.start)
    if period.end is not None:
        conditions.append(moment < period.end)
    return conditions


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
