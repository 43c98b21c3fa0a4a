"""Cells of this moment: out of counts that are kept up where these tell it, else counted deal by deal."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.attention import Asking, AttentionCell, Day, OpenDeal
from services.reporting.domain.deals.funnel import Behind, FunnelCell
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import TurnCell
from services.reporting.domain.period import Months, Period
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals import rolled_cycles
from services.reporting.storage.deals.attention import Attention
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.deal_rows import now
from services.reporting.storage.deals.gone import gone
from services.reporting.storage.deals.rolled_cells import RolledCells
from services.reporting.storage.deals.stated_cells import StatedCells
from services.reporting.storage.scope import Scope, deals_about

_DEAL_BY_DEAL = (Grouping.PARTNER, Grouping.COMPETITOR)


class LiveCells:
    """Answers from the counts what is asked of whole months, managers and processes."""

    def __init__(self, connection: sa.Connection, scope: Scope, zone: ZoneInfo) -> None:
        self._connection = connection
        self._scope = scope
        self._zone = zone
        stood = now(scope)
        self._stated = StatedCells(connection, stood)
        self._attention = Attention(connection, stood, scope.moment)
        self._rolled = RolledCells(connection, scope, zone)

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        months = self._months(cohort)
        if months is None:
            return self._stated.funnel(process_key, cohort)
        return self._rolled.funnel(process_key, months)

    def behind(self, process_key: str, number: Behind, cohort: Period) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals behind a number of the funnel."""
        return self._stated.behind(process_key, number, cohort)

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        months = self._months(period) if by not in _DEAL_BY_DEAL else None
        return self._stated.outcomes(period, by) if months is None else self._rolled.outcomes(months, by)

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager."""
        assert self._scope.is_rolled_up  # what only managers and teams have is asked for of nothing else
        return self._rolled.won(months)

    def turns(self, bounds: Sequence[datetime]) -> list[TurnCell]:
        """Count by buckets deals that opened, closed and opened again."""
        return self._stated.turns(bounds)

    def attention(self, day: Day) -> list[AttentionCell]:
        """Count the deals in progress by what they ask attention for."""
        return self._attention.cells(day)

    def asking(self, day: Day, asked: Asking) -> sa.Select[tuple[UUID]]:
        """Select the ids of some of these."""
        return self._attention.asking(day, asked)

    def unfinished(self, deal_ids: Collection[UUID]) -> list[OpenDeal]:
        """Give some of the deals in progress."""
        return self._attention.deals(deal_ids)

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count lost deals by their reason or competitor, and by where."""
        return self._stated.losses(period, by)

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals lost for some reasons or to some competitors."""
        return self._stated.lost_to(period, by, keys)

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        months = self._months(period)
        if months is None:
            return self._stated.cycles(period, by, places)
        spans = self._rolled.closing_spans(months)
        return rolled_cycles.cycles(self._connection, self._scope, spans, period, by, places)

    def dwells(self, process_key: str, cohort: Period, places: Places) -> list[SpreadCell]:
        """Tell how the time at each stage is spread."""
        return self._stated.dwells(process_key, cohort, places)

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts."""
        return column.in_(self._stated.in_progress())

    def put_away(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is voided or merged."""
        return column.in_(gone(self._scope.moment))

    def deals_of(self, column: sa.ColumnElement[UUID | None], processes: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal of any of some processes."""
        return column.in_(self._stated.deals_of(processes))

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
        return column.in_(deals_about(products))

    def _months(self, period: Period) -> Months | None:
        return Months.of(period, self._zone) if self._scope.is_rolled_up else None
