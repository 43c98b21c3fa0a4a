"""Cells counted by the database over the deals as they stood at a moment: whatever is asked, but deal by deal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.wire import decode, encode
from services.reporting.domain.deals.family import Stretch
from services.reporting.domain.deals.funnel import Behind, FunnelCell, Number
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import Turn, TurnCell
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import Months, Period, month_name
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.deal_rows import DealRows
from services.reporting.storage.deals.spreads import spread
from services.reporting.storage.deals.turns import by_bucket, turn_cell, turns
from services.reporting.storage.tables import deal_facts, deal_stays

_COLUMNS = {
    Grouping.MONTH: "closed_month",
    Grouping.PROCESS: "process_key",
    Grouping.MANAGER: "manager_id",
    Grouping.LOSS_REASON: "loss_reason",
    Grouping.PARTNER: "partner_id",
    Grouping.COMPETITOR: "competitor_id",
}
_stay = deal_stays.c
Values = Iterable[tuple[str | None, int]]


class StatedCells:
    """Counts rows that tell how deals stood; `values` of the same kind from elsewhere are spread among those of the rows."""

    def __init__(self, connection: sa.Connection, stood: DealRows) -> None:
        self._connection = connection
        self._stood = stood
        self._counts = (
            sa.func.count().label("deals"),
            sa.func.coalesce(sa.func.sum(stood["base"]), 0).label("base"),
            sa.func.count().filter(stood["unconverted"]).label("unconverted"),
        )

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        told = [self._stood[name] for name in ("process_id", "highest_stage", "stage", "outcome", "entered")]
        statement = (
            sa.select(*told, *self._counts)
            .select_from(self._stood.source)
            .where(*self._cohort(process_key, cohort))
            .group_by(*self._stood.way)
        )
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
        return self._stood.ids(*self._cohort(process_key, cohort), self._is_behind(number))

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        stood, key = self._stood, self._key(by)
        source = stood.by_product if by is Grouping.PRODUCT else stood.source  # a deal with several counts under each
        closed = sa.or_(stood.open, sa.and_(True, *within(stood["closed_at"], period)))
        statement = (
            sa.select(key.label("key"), stood["outcome"], *self._counts)
            .select_from(source)
            .where(closed, *stood.within)
            .group_by(stood["outcome"], *((key,) if by else ()))
        )
        return [
            OutcomeCell(
                key=_text(row.key, by),
                outcome=Outcome(row.outcome),
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement)
        ]

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager, of another moment than now."""
        stood, month = self._stood, self._stood["closed_month"]
        won = (stood["outcome"] == Outcome.WON.value, month >= months.first, month < months.end, *stood.within)
        statement = sa.select(stood["manager_id"], month, *self._counts).select_from(stood.source).where(*won)
        return [
            WonCell(
                manager_id=row.manager_id,
                month=row.closed_month,
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement.group_by(stood["manager_id"], month))
        ]

    def turns(self, bounds: Sequence[datetime], *happened: sa.ColumnElement[bool]) -> list[TurnCell]:
        """Count by buckets deals that opened, closed and opened again, in facts of deals that happened so."""
        stood = self._stood
        rows = sa.select(*self._counts).select_from(stood.source).where(*stood.within)
        closed = rows.where(~stood.open)
        found = [
            turn_cell(bucket, Turn(outcome or Turn.OPENED), *counts)
            for bucket, outcome, *counts in (
                *by_bucket(self._connection, rows, None, stood["created_at"], bounds),
                *by_bucket(self._connection, closed, stood["outcome"], stood["closed_at"], bounds),
            )
        ]
        chosen = deal_facts.c.deal_id.in_(stood.ids(*stood.within))
        return found + turns(self._connection, [chosen, *happened], bounds)

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count lost deals by their reason or competitor, and by where."""
        stood = self._stood
        where = (self._key(by).label("key"), stood["process_id"], stood["process_key"], stood["stage"])
        statement = sa.select(*where, *self._counts).select_from(stood.source).where(*self._lost(period))
        return [
            LossCell(
                key=_text(row.key, by),
                process_id=row.process_id,
                process_key=row.process_key,
                stage=row.stage,
                deals=row.deals,
                base=int(row.base),
                unconverted=row.unconverted,
            )
            for row in self._connection.execute(statement.group_by(*where))
        ]

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals lost for some reasons or to some competitors."""
        column = self._key(by)
        named: list[Any] = [one for one in keys if one is not None]
        if by is Grouping.COMPETITOR:
            named = [UUID(one) for one in named]
        chosen = sa.or_(column.in_(named), *([column.is_(None)] if None in keys else []))
        return self._stood.ids(chosen, *self._lost(period))

    def cycles(self, period: Period, by: Grouping | None, places: Places, values: Values = ()) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        stood = self._stood
        won = (stood["cycle"].is_not(None), *within(stood["closed_at"], period), *stood.within)
        statement = sa.select(self._key(by).label("key"), stood["cycle"].label("value"))
        return spread(self._connection, statement.select_from(stood.source).where(*won), places, values)

    def dwells(self, process_key: str, cohort: Period, places: Places, values: Values = ()) -> list[SpreadCell]:
        """Tell how the time at each stage is spread."""
        stood = self._stood
        statement = (
            sa.select(_stay.stage.label("key"), _stay.dwell.label("value"))
            .select_from(stood.source.join(deal_stays, _stay.deal_id == stood["deal_id"]))
            .where(*stood.left, *self._cohort(process_key, cohort))
        )
        return spread(self._connection, statement, places, values)

    def in_progress(self) -> sa.Select[tuple[UUID]]:
        """Select the deals in progress, whatever the scope."""
        return self._stood.ids(self._stood.open, *self._stood.there, *self._stood.counted)

    def deals_of(self, processes: Collection[str]) -> sa.Select[tuple[UUID]]:
        """Select the deals of some processes, whatever else the scope."""
        return self._stood.ids(self._stood["process_key"].in_(processes), *self._stood.there)

    def _key(self, by: Grouping | None) -> sa.ColumnElement[Any]:
        if by is None:
            return sa.null()
        return self._stood.product if by is Grouping.PRODUCT else self._stood[_COLUMNS[by]]

    def _cohort(self, process_key: str, cohort: Period) -> list[sa.ColumnElement[bool]]:
        stood = self._stood
        return [stood["process_key"] == process_key, *within(stood["created_at"], cohort), *stood.within]

    def _lost(self, period: Period) -> list[sa.ColumnElement[bool]]:
        stood = self._stood
        return [stood["outcome"] == Outcome.LOST.value, *within(stood["closed_at"], period), *stood.within]

    def _is_behind(self, asked: Behind) -> sa.ColumnElement[bool]:
        """Say of a deal what `Behind.has` tells."""
        stood = self._stood
        lost = stood["outcome"] == Outcome.LOST.value
        match asked.number:
            case Number.REACHED:
                return sa.or_(stood["outcome"] == Outcome.WON.value, self._is_in(asked.furthest))
            case Number.ENTERED:
                find = sa.func.strpos if self._connection.dialect.name == "postgresql" else sa.func.instr
                return find(stood["entered"], encode(asked.stage).decode()) > 0
            case Number.OPEN:
                return sa.and_(stood.open, stood["stage"] == asked.stage)
            case Number.LOST:
                return sa.and_(lost, stood["stage"] == asked.stage)
            case Number.FURTHEST_LOST:
                return sa.and_(lost, self._is_in(asked.furthest))

    def _is_in(self, stages: Stretch) -> sa.ColumnElement[bool]:
        """Say that the furthest stage of a deal is one of some."""
        process_id, furthest = self._stood["process_id"], self._stood["highest_stage"]
        removed = (sa.and_(process_id == process, furthest == key) for process, key in sorted(stages.removed))
        return sa.or_(furthest.in_(sorted(stages.keys)), *removed)


def within(column: sa.ColumnElement[datetime | None], period: Period) -> list[sa.ColumnElement[bool]]:
    """Say that a column's instant lies in a period."""
    conditions: list[sa.ColumnElement[bool]] = []
    if period.start is not None:
        conditions.append(column >= period.start)
    if period.end is not None:
        conditions.append(column < period.end)
    return conditions


def _text(key: Any, by: Grouping | None) -> str | None:
    if key is None:
        return None
    return month_name(key) if by is Grouping.MONTH and isinstance(key, int) else str(key)
