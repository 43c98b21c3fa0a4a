"""Claims that managers resolved and answered, counted by the database."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.domain.managers.performance import ClaimCell
from services.reporting.domain.period import Period, month_of
from services.reporting.storage.claims.scoped import scoped, with_first
from services.reporting.storage.deals.cells import Cells
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.recount import by_month, counted_months, counts_of_managers
from services.reporting.storage.rollup import Counts, Key
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import claim_counts, claim_facts
from services.reporting.storage.tables.rollups import NOBODY

_c = claim_facts.c
_TARGETS = sa.func.coalesce(_c.has_targets, sa.false())
_IN_TIME = sa.or_(_c.resolution_due_at.is_(None), _c.occurred_at <= _c.resolution_due_at)
_KINDS = (ClaimKind.REGISTERED, ClaimKind.RESPONDED, ClaimKind.RESOLVED)
"""Between the first and the last of these lies all that is counted."""
_SUMS = (
    sa.func.count().label("claims"),
    sa.func.sum(sa.case((_TARGETS, 1), else_=0)).label("with_target"),
    sa.func.sum(sa.case((sa.and_(_TARGETS, _IN_TIME), 1), else_=0)).label("in_time"),
)


def claims_resolved(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells, zone: ZoneInfo
) -> list[ClaimCell]:
    """Count the claims that were resolved in a period and stayed so, and those first answered in it, by the manager who had them then."""
    months = counted_months(scope, moment, period, zone)
    if months is not None:
        ranges = [extent(_c.occurred_at, _c.kind == kind.value) for kind in _KINDS]
        statement = counts_of_managers(claim_counts, scope, Spans(connection, zone).fewest(months, ranges))
        return [_cell(None if row.credited == NOBODY else row.credited, row) for row in connection.execute(statement)]
    conditions = [*_resolved(moment), *moment.until(claim_facts), *scoped(connection, claim_facts, scope, cells)]
    if period.start is not None:
        conditions.append(_c.occurred_at >= period.start)
    if period.end is not None:
        conditions.append(_c.occurred_at < period.end)
    statement = (
        sa.select(_c.manager_id, *_SUMS).select_from(with_first(claim_facts)).where(*conditions).group_by(_c.manager_id)
    )
    resolved = [_cell(row.manager_id, row) for row in connection.execute(statement)]
    return resolved + _first_answers(connection, scope, moment, period, cells)


def _first_answers(
    connection: sa.Connection, scope: Scope, moment: Moment, period: Period, cells: Cells
) -> list[ClaimCell]:
    """Count the claims with a target that were first answered in a period, by whoever had them at that moment."""
    answered, owner = _answered(moment)
    at = answered.selected_columns.at
    conditions = [*scoped(connection, claim_facts, replace(scope, managers=None), cells), *scope.of_managers(owner)]
    conditions += [at <= moment.as_of, *within(at, period)]
    found = answered.where(*conditions).subquery().c
    statement = sa.select(found.owner_id, sa.func.count(), sa.func.sum(sa.case((found.in_time, 1), else_=0))).group_by(
        found.owner_id
    )
    return [
        ClaimCell(
            manager_id=str(owner_id) if owner_id is not None else None,
            claims=0,
            with_target=0,
            in_time=0,
            answered=int(count),
            answered_in_time=int(in_time),
        )
        for owner_id, count, in_time in connection.execute(statement)
    ]


def _answered(moment: Moment | None) -> tuple[sa.Select[Any], sa.ColumnElement[UUID | None]]:
    """Select the claims with a target that have a first answer: whose they were at its moment, when it was, and whether it was in time.

    What is known of the answer counts, also where it was told of later than the claim's next facts; the target is that of the
    moment asked for.
    """
    newest, later, after, had = (claim_facts.alias(name) for name in ("newest", "later", "after", "had"))
    owner = (
        sa.select(had.c.manager_id)
        .where(had.c.claim_id == _c.claim_id, had.c.occurred_at <= newest.c.first_responded_at, *_happened(moment, had))
        .order_by(had.c.sequence.desc())
        .limit(1)
        .scalar_subquery()
    )
    statement = (
        sa.select(
            owner.label("owner_id"),
            newest.c.first_responded_at.label("at"),
            (newest.c.first_responded_at <= _c.first_response_due_at).label("in_time"),
        )
        .select_from(with_first(claim_facts).join(newest, newest.c.claim_id == _c.claim_id))
        .where(
            newest.c.first_responded_at.is_not(None),
            _TARGETS,
            _c.first_response_due_at.is_not(None),
            *_happened(moment, claim_facts),
            ~sa.exists().where(
                later.c.claim_id == _c.claim_id, later.c.sequence > _c.sequence, *_happened(moment, later)
            ),
            *_known(moment, newest),
            ~sa.exists().where(
                after.c.claim_id == newest.c.claim_id, after.c.sequence > newest.c.sequence, *_known(moment, after)
            ),
        )
    )
    return statement, owner


def _happened(moment: Moment | None, facts: sa.FromClause) -> list[sa.ColumnElement[bool]]:
    return moment.until(facts) if moment is not None else []


def _known(moment: Moment | None, facts: sa.FromClause) -> list[sa.ColumnElement[bool]]:
    known_at = moment.known_at if moment is not None else None
    return [facts.c.recorded_at <= known_at] if known_at is not None else []


def counted_claims(connection: sa.Connection, ids: Collection[UUID], zone: ZoneInfo) -> dict[Key, Counts]:
    """Give what some claims count for, as far as they are known now."""
    statement = (
        sa.select(_c.occurred_at, _c.manager_id, *_SUMS)
        .where(among(connection, _c.claim_id, ids), *_resolved(None))
        .group_by(_c.occurred_at, _c.manager_id)
    )
    found = {key: (*counts, 0, 0) for key, counts in by_month(connection, statement, zone).items()}
    answered, _ = _answered(None)
    for owner_id, at, in_time in connection.execute(answered.where(among(connection, _c.claim_id, ids))):
        key = (month_of(at, zone), owner_id)
        claims, with_target, resolved, count, met = found.get(key, (0,) * 5)
        found[key] = (claims, with_target, resolved, count + 1, met + bool(in_time))
    return found


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
        answered=int(getattr(row, "answered", 0)),
        answered_in_time=int(getattr(row, "answered_in_time", 0)),
    )
