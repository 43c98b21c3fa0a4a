"""Cells of another moment, counted by the database over where deals stood then."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import decode
from services.reporting.domain.deals.funnel import FunnelCell
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import Months, Period, month_name
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.folded_cells import FoldedCells
from services.reporting.storage.deals.spreads import spread
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.scope import Moment, Scope
from services.reporting.storage.tables import assortments, deal_moments, deal_standings

_m, _s, _a = deal_moments.c, deal_standings.c, assortments.c
_COUNTS = (
    sa.func.count().label("deals"),
    sa.func.sum(_m.base_minor).label("base"),
    sa.func.count().filter(_m.unconverted).label("unconverted"),
)
_NO_KEY: sa.ColumnElement[Any] = sa.null()
_KEYS: dict[Grouping, sa.ColumnElement[Any]] = {
    Grouping.MONTH: _m.closed_month,
    Grouping.PROCESS: _s.process_key,
    Grouping.MANAGER: _m.manager_id,
    Grouping.PARTNER: _m.partner_id,
    Grouping.PRODUCT: _a.product,
    Grouping.LOSS_REASON: _s.loss_reason,
}


class PastCells(FoldedCells):
    """Counts the rows of deal_moments that stood then, and folds deals with irregular histories; for what rows do not tell, all."""

    def __init__(self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo) -> None:
        super().__init__(connection, scope, moment, zone)
        self._scope = scope
        self._irregular = FoldedCells(connection, scope, moment, zone, only_irregular=True)

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        counted = (
            sa.select(_m.standing_id, *_COUNTS)
            .where(
                *within(_m.created_at, cohort), *self._stood(), _m.standing_id.in_(_ways(_s.process_key == process_key))
            )
            .group_by(_m.standing_id)
        ).subquery()
        statement = sa.select(counted, deal_standings).join_from(
            counted, deal_standings, _s.id == counted.c.standing_id
        )
        found = [
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
        return found + self._irregular.funnel(process_key, cohort)

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        if by is Grouping.COMPETITOR:
            return super().outcomes(period, by)
        key = _KEYS[by] if by else _NO_KEY
        source: sa.FromClause = deal_moments.join(deal_standings, _s.id == _m.standing_id)
        if by is Grouping.PRODUCT:  # a deal with several counts under each
            source = source.outerjoin(assortments, _a.id == _m.assortment_id)
        closed = sa.or_(_m.closed_at.is_(None), sa.and_(True, *within(_m.closed_at, period)))
        statement = (
            sa.select(key.label("key"), _s.outcome, *_COUNTS)
            .select_from(source)
            .where(closed, *self._stood())
            .group_by(_s.outcome, *((key,) if by else ()))
        )
        found = [
            OutcomeCell(
                key=_text(row.key, by),
                outcome=Outcome(row.outcome),
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement)
        ]
        return found + self._irregular.outcomes(period, by)

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager."""
        statement = (
            sa.select(_m.manager_id, _m.closed_month, *_COUNTS)
            .where(
                _m.standing_id.in_(_ways(_s.outcome == Outcome.WON.value)),
                _m.closed_month >= months.first,
                _m.closed_month < months.end,
                *self._stood(),
            )
            .group_by(_m.manager_id, _m.closed_month)
        )
        found = [
            WonCell(
                manager_id=row.manager_id,
                month=row.closed_month,
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement)
        ]
        return found + self._irregular.won(months)

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        key = _KEYS[by] if by else _NO_KEY
        won = (
            sa.select(key.label("key"), _m.cycle.label("value"))
            .join_from(deal_moments, deal_standings, _s.id == _m.standing_id)
            .where(_m.cycle.is_not(None), *within(_m.closed_at, period), *self._stood())
        )
        return spread(self._connection, won, places, self._irregular.cycle_values(period, by))

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts."""
        under_way = _ways(_s.outcome == Outcome.IN_PROGRESS.value)
        return self._among(column, [_m.standing_id.in_(under_way)], self._irregular.in_progress(column))

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
        return self._among(column, [_about(products)], self._irregular.deals_about(column, products))

    def _among(
        self,
        column: sa.ColumnElement[UUID | None],
        conditions: Sequence[sa.ColumnElement[bool]],
        irregular: sa.ColumnElement[bool],
    ) -> sa.ColumnElement[bool]:
        regular = sa.select(_m.deal_id).where(*self._visible, *conditions)
        return sa.or_(column.in_(regular), irregular)

    def _stood(self) -> list[sa.ColumnElement[bool]]:
        """Give the conditions of a deal's row that stood then, of a deal within the scope."""
        return [*self._visible, *self._narrowed()]

    @cached_property
    def _visible(self) -> list[sa.ColumnElement[bool]]:
        as_of, known_at = self._moment.as_of, self._moment.known_at
        followed = _m.next_occurred_at <= as_of
        if known_at is not None:
            followed = sa.and_(followed, _m.next_recorded_at <= known_at)
        return [*self._moment.until(deal_moments), ~followed]

    def _narrowed(self) -> Iterator[sa.ColumnElement[bool]]:
        yield from self._scope.on(_m.manager_id, _m.partner_id)
        if self._scope.processes is not None:
            yield _m.standing_id.in_(_ways(_s.process_key.in_(self._scope.processes)))
        if self._scope.products is not None:
            yield _about(self._scope.products)


def _ways(*conditions: sa.ColumnElement[bool]) -> sa.Select[tuple[int]]:
    """Select the ids of ways in which deals stand."""
    return sa.select(_s.id).where(*conditions)


def _about(products: Collection[str]) -> sa.ColumnElement[bool]:
    return _m.assortment_id.in_(sa.select(_a.id).where(_a.product.in_(products)))


def _text(key: Any, by: Grouping | None) -> str | None:
    if key is None:
        return None
    return month_name(key) if by is Grouping.MONTH else str(key)
