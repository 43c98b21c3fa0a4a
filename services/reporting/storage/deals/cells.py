"""Cells: the small counts that every figure is made of, whatever they are counted from."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.deals.attention import Asking, AttentionCell, Day, OpenDeal
from services.reporting.domain.deals.funnel import Behind, FunnelCell
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import TurnCell
from services.reporting.domain.period import Months, Period
from services.reporting.domain.spread import Places, SpreadCell


class Grouping(StrEnum):
    """What outcomes are counted by; teams are made of managers, sources and segments of partners, by whoever asks."""

    MONTH = "MONTH"
    PROCESS = "PROCESS"
    MANAGER = "MANAGER"
    PRODUCT = "PRODUCT"
    LOSS_REASON = "LOSS_REASON"
    PARTNER = "PARTNER"
    COMPETITOR = "COMPETITOR"


class Cells(Protocol):
    """A source of cells for one scope and moment.

    A cohort is the deals created in a period; closes are counted where they lie in a period, deals in progress always.
    """

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""

    def behind(self, process_key: str, number: Behind, cohort: Period) -> sa.Select[tuple[UUID]]:
        """Select the ids, from deal_states, of the deals behind a number of the funnel."""

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for; cells with the same key may come more than once."""

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, both sides of which are closed, by month and manager; cells may come more than once."""

    def turns(self, bounds: Sequence[datetime]) -> list[TurnCell]:
        """Count by buckets, given by where each begins and the last ends, deals that opened, closed and opened again."""

    def attention(self, day: Day) -> list[AttentionCell]:
        """Count the deals in progress by what they ask attention for."""

    def asking(self, day: Day, asked: Asking) -> sa.Select[tuple[UUID]]:
        """Select the ids, from deal_states, of some of these."""

    def unfinished(self, deal_ids: Collection[UUID]) -> list[OpenDeal]:
        """Give some of the deals in progress."""

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count the deals lost in a period by their reason or competitor, and by where."""

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids, from deal_states, of the deals lost in a period for some reasons or to some competitors."""

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread under each key: of PROCESS, MANAGER, or all together."""

    def dwells(self, process_key: str, cohort: Period, places: Places) -> list[SpreadCell]:
        """Tell how the time that deals of a process spent at each stage is spread, of all visits, once they have left it or are closed."""

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts: not voided, not merged."""

    def put_away(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that was registered by mistake, or twice: it is voided or merged."""

    def deals_of(self, column: sa.ColumnElement[UUID | None], processes: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal of any of some processes."""

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
