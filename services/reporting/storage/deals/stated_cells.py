"""Cells of this moment, counted by the database over the deals as they stand: whatever is asked, but deal by deal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import decode
from services.reporting.domain.deals.attention import OpenDeal
from services.reporting.domain.deals.family import Stretch
from services.reporting.domain.deals.funnel import Behind, FunnelCell, Number
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell
from services.reporting.domain.deals.over_time import Turn, TurnCell
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import Period
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.spreads import spread
from services.reporting.storage.deals.turns import by_bucket, turn_cell, turns
from services.reporting.storage.scope import Scope, deals_about
from services.reporting.storage.tables import deal_facts, deal_products, deal_states, deal_stays

_d = deal_states.c
_UNCONVERTED = sa.and_(_d.amount_minor.is_not(None), _d.base_minor.is_(None))
_COUNTS = (
    sa.func.count().label("deals"),
    sa.func.coalesce(sa.func.sum(_d.base_minor), 0).label("base"),
    sa.func.count().filter(_UNCONVERTED).label("unconverted"),
)
_KEYS: dict[Grouping, sa.ColumnElement[Any]] = {
    Grouping.MONTH: _d.closed_month,
    Grouping.PROCESS: _d.process_key,
    Grouping.MANAGER: _d.manager_id,
    Grouping.PRODUCT: deal_products.c.product,
    Grouping.LOSS_REASON: _d.loss_reason,
    Grouping.PARTNER: _d.partner_id,
    Grouping.COMPETITOR: _d.competitor_id,
}


class StatedCells:
    """Counts deal_states."""

    def __init__(self, connection: sa.Connection, scope: Scope) -> None:
        self._connection = connection
        self._within = scope.on_states()

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        stand = (_d.process_id, _d.highest_stage, _d.stage, _d.outcome, _d.entered)
        statement = sa.select(*stand, *_COUNTS).where(*self._cohort(process_key, cohort)).group_by(*stand)
        return [
            FunnelCell(process_id=row.process_id, stage=stage, counts=counts)
            for row in self._connection.execute(statement)
            for stage, counts in stage_counts(
                outcome=Outcome(row.outcome),
                highest_stage=row.highest_stage,
                stage=row.stage,
                entered=decode(row.entered),
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
        ]

    def behind(self, process_key: str, number: Behind, cohort: Period) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals behind a number of the funnel."""
        return sa.select(_d.deal_id).where(*self._cohort(process_key, cohort), _is_behind(number))

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        key = _KEYS[by] if by else sa.null()
        source: sa.FromClause = deal_states
        if by is Grouping.PRODUCT:  # a deal with several counts under each
            source = deal_states.outerjoin(deal_products, deal_products.c.deal_id == _d.deal_id)
        closed = sa.or_(_d.outcome == Outcome.IN_PROGRESS.value, sa.and_(True, *within(_d.closed_at, period)))
        statement = (
            sa.select(key.label("key"), _d.outcome, *_COUNTS)
            .select_from(source)
            .where(closed, *self._within)
            .group_by(_d.outcome, *((key,) if by else ()))
        )
        return [
            OutcomeCell(
                key=str(row.key) if row.key is not None else None,
                outcome=Outcome(row.outcome),
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement)
        ]

    def turns(self, bounds: Sequence[datetime]) -> list[TurnCell]:
        """Count by buckets deals that opened, closed and opened again."""
        counts = (_COUNTS[0], _COUNTS[1], _COUNTS[2])
        states = sa.select(*counts).select_from(deal_states).where(*self._within)
        found = [turn_cell(Turn.OPENED, *row) for row in by_bucket(self._connection, states, _d.created_at, bounds)]
        for outcome in (Outcome.WON, Outcome.LOST):
            closed = by_bucket(self._connection, states.where(_d.outcome == outcome.value), _d.closed_at, bounds)
            found += [turn_cell(Turn(outcome.value), *row) for row in closed]
        return found + turns(
            self._connection, [deal_facts.c.deal_id.in_(sa.select(_d.deal_id).where(*self._within))], bounds
        )

    def unfinished(self) -> list[OpenDeal]:
        """Give the deals in progress."""
        columns = (
            _d.deal_id, _d.process_id, _d.stage, _d.highest_rank, _d.manager_id, _d.partner_id, _d.created_at,
            _d.base_minor, _UNCONVERTED.label("is_unconverted"), _d.stages,
        )  # fmt: skip
        statement = sa.select(*columns).where(_d.outcome == Outcome.IN_PROGRESS.value, *self._within)
        return [_open_deal(row) for row in self._connection.execute(statement)]

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count lost deals by their reason or competitor, and by where."""
        where = (_KEYS[by].label("key"), _d.process_id, _d.process_key, _d.stage)
        statement = sa.select(*where, *_COUNTS).where(*self._lost(period)).group_by(*where)
        return [
            LossCell(
                key=str(row.key) if row.key is not None else None,
                process_id=row.process_id,
                process_key=row.process_key,
                stage=row.stage,
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement)
        ]

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals lost for some reasons or to some competitors."""
        column = _KEYS[by]
        named: list[Any] = [one for one in keys if one is not None]
        if by is Grouping.COMPETITOR:
            named = [UUID(one) for one in named]
        chosen = sa.or_(column.in_(named), *([column.is_(None)] if None in keys else []))
        return sa.select(_d.deal_id).where(chosen, *self._lost(period))

    def _lost(self, period: Period) -> list[sa.ColumnElement[bool]]:
        return [_d.outcome == Outcome.LOST.value, *within(_d.closed_at, period), *self._within]

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        key = _KEYS[by] if by else sa.null()
        won = (_d.outcome == Outcome.WON.value, *within(_d.closed_at, period), *self._within)
        return spread(self._connection, sa.select(key.label("key"), _d.cycle.label("value")).where(*won), places)

    def dwells(self, process_key: str, cohort: Period, places: Places) -> list[SpreadCell]:
        """Tell how the time at each stage is spread."""
        stay = deal_stays.c
        statement = (
            sa.select(stay.stage.label("key"), stay.dwell.label("value"))
            .join_from(deal_states, deal_stays, stay.deal_id == _d.deal_id)
            .where(stay.over, *self._cohort(process_key, cohort))
        )
        return spread(self._connection, statement, places)

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts."""
        return column.in_(sa.select(_d.deal_id).where(_d.outcome == Outcome.IN_PROGRESS.value, _d.counted))

    def deals_of(self, column: sa.ColumnElement[UUID | None], processes: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal of any of some processes."""
        return column.in_(sa.select(_d.deal_id).where(_d.process_key.in_(processes)))

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
        return column.in_(deals_about(products))

    def _cohort(self, process_key: str, cohort: Period) -> list[sa.ColumnElement[bool]]:
        return [_d.process_key == process_key, *within(_d.created_at, cohort), *self._within]


def _open_deal(row: sa.Row[Any]) -> OpenDeal:
    dwelt, since = next(((dwelt, since) for stage, _, dwelt, since in row.stages if stage == row.stage), (0, None))
    return OpenDeal(
        deal_id=row.deal_id,
        process_id=row.process_id,
        stage=row.stage,
        highest_rank=row.highest_rank,
        manager_id=row.manager_id,
        partner_id=row.partner_id,
        created_at=row.created_at,
        base=row.base_minor,
        is_unconverted=bool(row.is_unconverted),
        dwelt=timedelta(microseconds=dwelt),
        since=datetime.fromisoformat(since) if since else None,
    )


def _is_behind(asked: Behind) -> sa.ColumnElement[bool]:
    """Say of a deal what `Behind.has` tells."""
    match asked.number:
        case Number.REACHED:
            return sa.or_(_d.outcome == Outcome.WON.value, _is_in(asked.furthest))
        case Number.ENTERED:
            stay = deal_stays.c
            return sa.exists().where(stay.deal_id == _d.deal_id, stay.stage == asked.stage)
        case Number.OPEN:
            return sa.and_(_d.outcome == Outcome.IN_PROGRESS.value, _d.stage == asked.stage)
        case Number.LOST:
            return sa.and_(_d.outcome == Outcome.LOST.value, _d.stage == asked.stage)
        case Number.FURTHEST_LOST:
            return sa.and_(_d.outcome == Outcome.LOST.value, _is_in(asked.furthest))


def _is_in(stages: Stretch) -> sa.ColumnElement[bool]:
    """Say that the furthest stage of a deal is one of some."""
    removed = (sa.and_(_d.process_id == process, _d.highest_stage == key) for process, key in sorted(stages.removed))
    return sa.or_(_d.highest_stage.in_(sorted(stages.keys)), *removed)


def within(column: sa.ColumnElement[datetime | None], period: Period) -> list[sa.ColumnElement[bool]]:
    """Say that a column's instant lies in a period."""
    conditions: list[sa.ColumnElement[bool]] = []
    if period.start is not None:
        conditions.append(column >= period.start)
    if period.end is not None:
        conditions.append(column < period.end)
    return conditions
