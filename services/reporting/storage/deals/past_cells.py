"""Cells of another moment, counted by the database over where deals stood then."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.attention import Asking, Assessed, AttentionCell, Day, OpenDeal, assess
from services.reporting.domain.deals.funnel import Behind, FunnelCell
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import TurnCell
from services.reporting.domain.period import Months, Period
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals.around import around
from services.reporting.storage.deals.attention import Attention
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.deal_rows import about, then
from services.reporting.storage.deals.folded_cells import FoldedCells
from services.reporting.storage.deals.gone import gone
from services.reporting.storage.deals.stated_cells import StatedCells
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.tables import deal_facts, deal_states


class PastCells:
    """Counts the rows that stood then, and folds deals with irregular histories."""

    def __init__(self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo) -> None:
        self._connection = connection
        self._moment = moment
        self._stood = then(scope, moment)
        self._stated = StatedCells(connection, self._stood)
        self._attention = Attention(connection, self._stood, moment)
        self._irregular = FoldedCells(connection, scope, moment, zone)

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        return self._stated.funnel(process_key, cohort) + self._irregular.funnel(process_key, cohort)

    def behind(self, process_key: str, number: Behind, cohort: Period) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals behind a number of the funnel."""
        return self._states(
            self._stated.behind(process_key, number, cohort), self._irregular.behind(process_key, number, cohort)
        )

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        return self._stated.outcomes(period, by) + self._irregular.outcomes(period, by)

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager."""
        return self._stated.won(months) + self._irregular.won(months)

    def turns(self, bounds: Sequence[datetime]) -> list[TurnCell]:
        """Count by buckets deals that opened, closed and opened again."""
        return self._stated.turns(bounds, *self._moment.until(deal_facts)) + self._irregular.turns(bounds)

    def attention(self, day: Day) -> list[AttentionCell]:
        """Count the deals in progress by what they ask attention for."""
        return self._attention.cells(day) + [one.cell for one in self._assessed(day)]

    def asking(self, day: Day, asked: Asking) -> sa.Select[tuple[UUID]]:
        """Select the ids of some of these."""
        irregular = [one.deal.deal_id for one in self._assessed(day) if asked.has(one)]
        return self._states(self._attention.asking(day, asked), irregular)

    def unfinished(self, deal_ids: Collection[UUID]) -> list[OpenDeal]:
        """Give some of the deals in progress."""
        wanted = frozenset(deal_ids)
        irregular = [deal for deal in self._irregular.unfinished() if deal.deal_id in wanted]
        return self._attention.deals(deal_ids) + irregular

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count lost deals by their reason or competitor, and by where."""
        return self._stated.losses(period, by) + self._irregular.losses(period, by)

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals lost for some reasons or to some competitors."""
        return self._states(self._stated.lost_to(period, by, keys), self._irregular.lost_to(period, by, keys))

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        return self._stated.cycles(period, by, places, self._irregular.cycles(period, by))

    def dwells(self, process_key: str, cohort: Period, places: Places) -> list[SpreadCell]:
        """Tell how the time at each stage is spread."""
        return self._stated.dwells(process_key, cohort, places, self._irregular.dwells(process_key, cohort))

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts."""
        return column.in_(self._both(self._stated.in_progress(), self._irregular.in_progress()))

    def deals_of(self, column: sa.ColumnElement[UUID | None], processes: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal of any of some processes."""
        return column.in_(self._both(self._stated.deals_of(processes), self._irregular.deals_of(processes)))

    def put_away(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is voided or merged."""
        return column.in_(gone(self._moment))

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
        regular = self._stood.ids(*self._stood.there, about(products))
        return column.in_(self._both(regular, self._irregular.deals_about(products)))

    def _assessed(self, day: Day) -> list[Assessed]:
        deals = self._irregular.unfinished()
        known = around(self._connection, self._moment, deals)
        return [assess(deal, known[deal.deal_id], day) for deal in deals]

    def _states(self, regular: sa.Select[tuple[UUID]], irregular: Collection[UUID]) -> sa.Select[tuple[UUID]]:
        """Select, from deal_states, some regular deals and some irregular ones."""
        return sa.select(deal_states.c.deal_id).where(deal_states.c.deal_id.in_(self._both(regular, irregular)))

    def _both(self, regular: sa.Select[tuple[UUID]], irregular: Collection[UUID]) -> Any:
        """Select some regular deals and some irregular ones: in one set, which is looked into once."""
        if not irregular:
            return regular
        folded = sa.select(deal_states.c.deal_id).where(among(self._connection, deal_states.c.deal_id, irregular))
        return sa.union_all(regular, folded)
