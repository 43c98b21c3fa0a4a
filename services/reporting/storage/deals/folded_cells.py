"""Cells of another moment, of deals with irregular histories: their facts are folded again, and counted here."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.attention import OpenDeal
from services.reporting.domain.deals.funnel import Behind, FunnelCell
from services.reporting.domain.deals.history import Outcome, Standing
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import Turn, TurnCell
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import Months, Period, month_number, month_of
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.irregular import irregular
from services.reporting.storage.deals.turns import turn_cell, turns
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.tables import deal_facts

K = TypeVar("K", bound=Hashable)


class FoldedCells:
    """Counts what the facts of a moment add up to, or names the deals and values; one fold of them serves one question."""

    def __init__(self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo) -> None:
        self._connection = connection
        self._holds = scope.test(connection)
        self._moment = moment
        self._zone = zone
        self._folded: dict[bool, list[tuple[UUID, Standing]]] = {}

    def funnel(self, process_key: str, cohort: Period) -> list[FunnelCell]:
        """Count the deals of a process by where they stand."""
        counted = _count(
            ((one.process_id, one.highest_stage, one.stage, one.outcome, tuple(sorted(one.stages))), one)
            for _, one in self._cohort(process_key, cohort)
        )
        return [
            FunnelCell(process_id=process_id, stage=at, counts=counts)
            for (process_id, highest, stage, outcome, entered), (deals, base, unconverted) in counted.items()
            for at, counts in stage_counts(
                outcome=outcome,
                highest_stage=highest,
                stage=stage,
                entered=entered,
                deals=deals,
                base=base,
                unconverted=unconverted,
            )
        ]

    def behind(self, process_key: str, number: Behind, cohort: Period) -> list[UUID]:
        """Name the deals behind a number of the funnel."""
        return [deal_id for deal_id, one in self._cohort(process_key, cohort) if number.has(one)]

    def outcomes(self, period: Period, by: Grouping | None) -> list[OutcomeCell]:
        """Count deals by outcome and by what is asked for."""
        counted = _count(
            ((key, one.outcome), one)
            for one in self._standings()
            if one.closed_at is None or one.closed_at in period
            for key in self._keys(one, by)
        )
        return [
            OutcomeCell(key=key, outcome=outcome, deals=deals, base=base, unconverted=unconverted)
            for (key, outcome), (deals, base, unconverted) in counted.items()
        ]

    def won(self, months: Months) -> list[WonCell]:
        """Count the deals won in some months, by month and manager."""
        counted = _count(
            ((one.manager_id, month_number(month_of(one.closed_at, self._zone))), one)
            for one in self._standings()
            if one.outcome is Outcome.WON and one.closed_at is not None
        )
        return [
            WonCell(manager_id=manager_id, month=month, deals=deals, base=base, unconverted=unconverted)
            for (manager_id, month), (deals, base, unconverted) in counted.items()
            if month in months
        ]

    def turns(self, bounds: Sequence[datetime]) -> list[TurnCell]:
        """Count by buckets deals that opened, closed and opened again."""
        mine = [(deal_id, one) for deal_id, one in self._all() if self._holds(one)]
        counted = _count(
            ((bisect(bounds, at) - 1, turn), one)
            for _, one in mine
            for at, turn in (
                (one.created_at, Turn.OPENED),
                (one.closed_at, Turn(one.outcome.value) if one.closed_at else None),
            )
            if at is not None and turn is not None and at < bounds[-1]
        )
        chosen = among(self._connection, deal_facts.c.deal_id, [deal_id for deal_id, _ in mine])
        return [turn_cell(bucket, turn, *counts) for (bucket, turn), counts in counted.items()] + turns(
            self._connection, [chosen, *self._moment.until(deal_facts)], bounds
        )

    def unfinished(self) -> list[OpenDeal]:
        """Give the deals in progress."""
        return [
            OpenDeal(
                deal_id=deal_id,
                process_id=one.process_id,
                stage=one.stage,
                manager_id=one.manager_id,
                partner_id=one.partner_id,
                created_at=one.created_at,
                base=one.base_minor or 0,
                unconverted=one.is_unconverted,
                dwelling_since=one.dwelling_since,
                dwelt=one.dwelt,
                active_at=one.active_at,
                held=one.held,
                untouched=one.is_untouched,
                planned_start_on=one.planned_start_on,
                expected_close_on=one.expected_close_on,
            )
            for deal_id, one in self._all()
            if one.outcome is Outcome.IN_PROGRESS and self._holds(one)
        ]

    def losses(self, period: Period, by: Grouping) -> list[LossCell]:
        """Count lost deals by their reason or competitor, and by where."""
        counted = _count(
            ((key, one.process_id, one.process_key, one.stage), one)
            for _, one in self._lost(period)
            for key in self._keys(one, by)
        )
        return [
            LossCell(
                key=key,
                process_id=process_id,
                process_key=process_key,
                stage=stage,
                deals=deals,
                base=base,
                unconverted=unconverted,
            )
            for (key, process_id, process_key, stage), (deals, base, unconverted) in counted.items()
        ]

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> list[UUID]:
        """Name the deals lost for some reasons or to some competitors."""
        return [deal_id for deal_id, one in self._lost(period) if not set(keys).isdisjoint(self._keys(one, by))]

    def _lost(self, period: Period) -> Iterator[tuple[UUID, Standing]]:
        for deal_id, one in self._all():
            lost = one.outcome is Outcome.LOST and one.closed_at is not None and one.closed_at in period
            if lost and self._holds(one):
                yield deal_id, one

    def cycles(self, period: Period, by: Grouping | None) -> list[tuple[str | None, int]]:
        """Give the cycle of each won deal, with its key."""
        return [
            (key, one.cycle_micros)
            for one in self._standings()
            if one.cycle_micros is not None and one.closed_at is not None and one.closed_at in period
            for key in self._keys(one, by)
        ]

    def dwells(self, process_key: str, cohort: Period) -> list[tuple[str | None, int]]:
        """Give the time that each deal spent at each stage that it has left."""
        return [value for _, one in self._cohort(process_key, cohort) for value in _stays(one)]

    def in_progress(self) -> list[UUID]:
        """Name the deals in progress that count, whatever the scope."""
        return [id for id, one in self._all() if one.outcome is Outcome.IN_PROGRESS and one.counted]

    def deals_of(self, processes: Collection[str]) -> list[UUID]:
        """Name the deals of some processes, counted or not, whatever else the scope."""
        return [id for id, one in self._all(counted_only=False) if one.process_key in processes]

    def deals_about(self, products: Collection[str]) -> list[UUID]:
        """Name the deals that are about any of some products, counted or not, whatever else the scope."""
        wanted = frozenset(products)
        return [id for id, one in self._all(counted_only=False) if not wanted.isdisjoint(one.products)]

    def _keys(self, one: Standing, by: Grouping | None) -> Collection[str | None]:
        match by:
            case None:
                return (None,)
            case Grouping.MONTH:
                return (month_of(one.closed_at, self._zone) if one.closed_at else None,)
            case Grouping.PROCESS:
                return (one.process_key,)
            case Grouping.MANAGER:
                return (str(one.manager_id) if one.manager_id is not None else None,)
            case Grouping.PRODUCT:
                return one.products or (None,)
            case Grouping.LOSS_REASON:
                return (one.loss_reason,)
            case Grouping.PARTNER:
                return (str(one.partner_id) if one.partner_id is not None else None,)
            case Grouping.COMPETITOR:
                return (str(one.competitor_id) if one.competitor_id is not None else None,)

    def _cohort(self, process_key: str, cohort: Period) -> Iterator[tuple[UUID, Standing]]:
        for deal_id, one in self._all():
            if one.process_key == process_key and one.created_at in cohort and self._holds(one):
                yield deal_id, one

    def _standings(self) -> Iterator[Standing]:
        return (one for _, one in self._all() if self._holds(one))

    def _all(self, *, counted_only: bool = True) -> list[tuple[UUID, Standing]]:
        if counted_only not in self._folded:
            self._folded[counted_only] = list(irregular(self._connection, self._moment, counted_only=counted_only))
        return self._folded[counted_only]


def _stays(one: Standing) -> Iterator[tuple[str, int]]:
    return ((stage, spent.dwell_micros) for stage, spent in one.stages.items() if spent.over is not None)


def _count(keyed: Iterable[tuple[K, Standing]]) -> dict[K, tuple[int, int, int]]:
    """Add up, under each key: deals, base amount, deals whose amount has no base."""
    counted: dict[K, list[int]] = {}
    for key, one in keyed:
        counts = counted.setdefault(key, [0, 0, 0])
        counts[0] += 1
        counts[1] += one.base_minor or 0
        counts[2] += one.is_unconverted
    return {key: (deals, base, unconverted) for key, (deals, base, unconverted) in counted.items()}
