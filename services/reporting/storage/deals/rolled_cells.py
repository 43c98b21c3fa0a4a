"""Cells of this moment out of the counts that are kept up: for whole months, managers and processes, however many deals there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.funnel import FunnelCell
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.outcomes import OutcomeCell
from services.reporting.domain.deals.stage_counts import StageCounts
from services.reporting.domain.period import ALL_TIME, Months, month_number, month_of
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.tally import value_from
from services.reporting.storage.scope import Scope
from services.reporting.storage.tables import deal_states, funnel_counts, outcome_counts
from services.reporting.storage.tables.rollups import EVERYBODY, NOBODY, UNDER_WAY

_d, _f, _o = deal_states.c, funnel_counts.c, outcome_counts.c
_STAGE_SUMS = [sa.func.sum(_f[name]).label(name) for name in StageCounts._fields]
_DIMENSIONS = (Grouping.PRODUCT, Grouping.LOSS_REASON)
_MANY_MONTHS = 1200


class RolledCells:
    """Adds up counts; `scope` narrows by nothing but managers and processes."""

    def __init__(self, connection: sa.Connection, scope: Scope, zone: ZoneInfo) -> None:
        self._connection = connection
        self._scope = scope
        self._zone = zone

    def funnel(self, process_key: str, cohort: Months) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        spans = self._spans(cohort, [self._range(_d.created_at, _d.process_key == process_key)])
        statement = (
            sa.select(_f.process_id, _f.stage, *_STAGE_SUMS)
            .where(
                _f.process_key == process_key,
                _f.span.in_(spans),
                *credited(_f.credited, self._scope),
                *self._scope.of_processes(_f.process_key),
            )
            .group_by(_f.process_id, _f.stage)
        )
        return [
            FunnelCell(process_id=row[0], stage=row[1] or None, counts=StageCounts(*map(int, row[2:])))
            for row in self._connection.execute(statement)
        ]

    def outcomes(self, period: Months, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        closed = self.closing_months(period) if by is Grouping.MONTH else self.closing_spans(period)
        keys = {Grouping.MONTH: _o.span, Grouping.PROCESS: _o.process_key, Grouping.MANAGER: _o.credited}
        key = sa.literal(None) if by is None else keys.get(by, _o.value)
        statement = (
            sa.select(
                key.label("key"), _o.outcome,
                sa.func.sum(_o.deals).label("deals"), sa.func.sum(_o.base).label("base"),
                sa.func.sum(_o.unconverted).label("unconverted"),
            )
            .where(
                _o.dimension == (by.value if by in _DIMENSIONS else ""),
                _o.span.in_([*closed, UNDER_WAY]),
                *credited(_o.credited, self._scope, each=by is Grouping.MANAGER),
                *self._scope.of_processes(_o.process_key),
            )
            .group_by(*([key] if by else []), _o.outcome)
        )  # fmt: skip
        return [
            OutcomeCell(
                key=_key_of(row.key, by),
                outcome=Outcome(row.outcome),
                deals=int(row.deals),
                base=int(row.base),
                unconverted=int(row.unconverted),
            )
            for row in self._connection.execute(statement)
        ]

    def closing_spans(self, period: Months) -> Sequence[str]:
        """Name the fewest spans of time that make up a period in which deals close."""
        return self._spans(period, self._closes())

    def closing_months(self, period: Months) -> Sequence[str]:
        """Name the months of a period in which deals close."""
        known = self._closed(period, self._closes())
        return known.single() if known is not None else []

    def _closes(self) -> list[sa.Select[Any]]:
        return [self._range(_d.closed_at, _d.outcome == one.value) for one in (Outcome.WON, Outcome.LOST)]

    def _spans(self, months: Months, ranges: Sequence[sa.Select[Any]]) -> Sequence[str]:
        if months.are_all:
            return [ALL_TIME]
        known = months if months.first is not None and months.end is not None else self._closed(months, ranges)
        if known is not months or months.end - months.first > _MANY_MONTHS:  # type: ignore[operator]
            known = self._closed(months, ranges)
        return known.spans() if known is not None else []

    def _closed(self, months: Months, ranges: Sequence[sa.Select[Any]]) -> Months | None:
        """Close the open sides where the first and the last deal are; None without any."""
        found = [row for one in ranges for row in self._connection.execute(one) if row[0] is not None]
        if not found:
            return None
        return months.within(self._month(min(row[0] for row in found)), self._month(max(row[1] for row in found)))

    def _range(self, column: sa.Column[Any], condition: sa.ColumnElement[bool]) -> sa.Select[Any]:
        return sa.select(sa.func.min(column), sa.func.max(column)).where(condition)

    def _month(self, instant: datetime) -> int:
        return month_number(month_of(instant, self._zone))


def credited(column: sa.Column[UUID], scope: Scope, *, each: bool = False) -> list[sa.ColumnElement[bool]]:
    """Say whose counts are read: those of the managers of a scope, or of everybody; of everybody one by one where `each`."""
    if scope.managers is not None:
        return [column.in_(sorted(one or NOBODY for one in scope.managers))]
    return [column != EVERYBODY] if each else [column == EVERYBODY]


def _key_of(key: Any, by: Grouping | None) -> str | None:
    match by:
        case Grouping.MONTH:
            return None if key == UNDER_WAY else str(key)
        case Grouping.MANAGER:
            return None if key == NOBODY else str(key)
        case Grouping.PRODUCT | Grouping.LOSS_REASON:
            return value_from(key)
    return str(key) if key is not None else None
