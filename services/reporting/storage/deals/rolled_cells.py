"""Cells of this moment out of the counts that are kept up: for whole months, managers and processes, however many deals there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.funnel import FunnelCell
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.stage_counts import StageCounts
from services.reporting.domain.period import Months, month_number
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.tally import value_from
from services.reporting.storage.scope import Scope
from services.reporting.storage.spans import Spans, extent
from services.reporting.storage.tables import deal_states, funnel_counts, outcome_counts
from services.reporting.storage.tables.rollups import EVERYBODY, NOBODY, UNDER_WAY

_d, _f, _o = deal_states.c, funnel_counts.c, outcome_counts.c
_STAGE_SUMS = [sa.func.sum(_f[name]).label(name) for name in StageCounts._fields]
_DIMENSIONS = (Grouping.PRODUCT, Grouping.LOSS_REASON)
_CLOSES = [extent(_d.closed_at, _d.outcome == one.value) for one in (Outcome.WON, Outcome.LOST)]


class RolledCells:
    """Adds up counts; `scope` narrows by nothing but managers and processes."""

    def __init__(self, connection: sa.Connection, scope: Scope, zone: ZoneInfo) -> None:
        self._connection = connection
        self._scope = scope
        self._spans = Spans(connection, zone)

    def funnel(self, process_key: str, cohort: Months) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        spans = self._spans.fewest(cohort, [extent(_d.created_at, _d.process_key == process_key)])
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
        closed = self._spans.single(period, _CLOSES) if by is Grouping.MONTH else self.closing_spans(period)
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

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager."""
        statement = (
            sa.select(_o.span, _o.credited, *(sa.func.sum(_o[name]) for name in ("deals", "base", "unconverted")))
            .where(
                _o.dimension == "",
                _o.outcome == Outcome.WON.value,
                _o.span.in_(months.single()),
                *credited(_o.credited, self._scope, each=True),
                *self._scope.of_processes(_o.process_key),
            )
            .group_by(_o.span, _o.credited)
        )
        return [
            WonCell(
                manager_id=None if row[1] == NOBODY else row[1],
                month=month_number(row[0]),
                deals=int(row[2]),
                base=int(row[3]),
                unconverted=int(row[4]),
            )
            for row in self._connection.execute(statement)
        ]

    def closing_spans(self, period: Months) -> Sequence[str]:
        """Name the fewest spans of time that make up a period in which deals close."""
        return self._spans.fewest(period, _CLOSES)


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
