"""Cells of another moment: its facts are folded again, and counted here."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.attention import OpenDeal
from services.reporting.domain.deals.funnel import Behind, FunnelCell
from services.reporting.domain.deals.history import CORRECTIONS, Kind, Outcome, Standing
from services.reporting.domain.deals.losses import LossCell
from services.reporting.domain.deals.outcomes import OutcomeCell, WonCell
from services.reporting.domain.deals.over_time import Turn, TurnCell
from services.reporting.domain.deals.stage_counts import stage_counts
from services.reporting.domain.period import Months, Period, month_number, month_of
from services.reporting.domain.spread import Places, SpreadCell
from services.reporting.storage.deals.cells import Grouping
from services.reporting.storage.deals.facts import FACT_COLUMNS, standings
from services.reporting.storage.deals.spreads import spread
from services.reporting.storage.deals.turns import turn_cell, turns
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.tables import deal_facts, deal_states

K = TypeVar("K", bound=Hashable)
_MICROSECOND = timedelta(microseconds=1)
_PAGE = 20_000
_NONE: sa.ColumnElement[Any] = sa.null()
_NOTHING = sa.select(_NONE.label("key"), sa.literal(0).label("value")).where(sa.false())
_CORRECTION = deal_facts.c.kind.in_(sorted(kind.value for kind in CORRECTIONS))


class FoldedCells:
    """Counts what the facts of a moment add up to; one fold of all deals serves one question."""

    def __init__(
        self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo, *, only_irregular: bool = False
    ) -> None:
        self._connection = connection
        self._only_irregular = only_irregular
        self._holds = scope.test(connection)
        self._moment = moment
        self._zone = zone
        self._folded: dict[str | None, list[tuple[UUID, Standing]]] = {}

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

    def behind(self, process_key: str, number: Behind, cohort: Period) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals behind a number of the funnel."""
        ids = [deal_id for deal_id, one in self._cohort(process_key, cohort) if number.has(one)]
        return sa.select(deal_states.c.deal_id).where(among(self._connection, deal_states.c.deal_id, ids))

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
        mine = [(deal_id, one) for deal_id, one in self._all(None) if self._holds(one)]
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
        return [turn_cell(turn, bucket, *counts) for (bucket, turn), counts in counted.items()] + turns(
            self._connection, [chosen, *self._moment.until(deal_facts)], bounds
        )

    def unfinished(self) -> list[OpenDeal]:
        """Give the deals in progress."""
        return [
            _open_deal(deal_id, one)
            for deal_id, one in self._all(None)
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

    def lost_to(self, period: Period, by: Grouping, keys: Collection[str | None]) -> sa.Select[tuple[UUID]]:
        """Select the ids of the deals lost for some reasons or to some competitors."""
        ids = [deal_id for deal_id, one in self._lost(period) if not set(keys).isdisjoint(self._keys(one, by))]
        return sa.select(deal_states.c.deal_id).where(among(self._connection, deal_states.c.deal_id, ids))

    def _lost(self, period: Period) -> Iterator[tuple[UUID, Standing]]:
        for deal_id, one in self._all(None):
            lost = one.outcome is Outcome.LOST and one.closed_at is not None and one.closed_at in period
            if lost and self._holds(one):
                yield deal_id, one

    def cycles(self, period: Period, by: Grouping | None, places: Places) -> list[SpreadCell]:
        """Tell how the cycles of won deals are spread."""
        return spread(self._connection, _NOTHING, places, self.cycle_values(period, by))

    def cycle_values(self, period: Period, by: Grouping | None) -> list[tuple[str | None, int]]:
        """Give the cycle of each won deal, with its key."""
        return [
            (key, one.cycle_micros)
            for one in self._standings()
            if one.cycle_micros is not None and one.closed_at is not None and one.closed_at in period
            for key in self._keys(one, by)
        ]

    def dwells(self, process_key: str, cohort: Period, places: Places) -> list[SpreadCell]:
        """Tell how the time at each stage is spread."""
        found = [
            (stage, spent.dwell // _MICROSECOND)
            for _, one in self._cohort(process_key, cohort)
            for stage, spent in one.stages.items()
            if stage != one.stage or one.closed_at is not None
        ]
        return spread(self._connection, _NOTHING, places, found)

    def in_progress(self, column: sa.ColumnElement[UUID | None]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal in progress that counts."""
        ids = [id for id, one in self._all(None) if one.outcome is Outcome.IN_PROGRESS and one.counted]
        return among(self._connection, column, ids)

    def deals_of(self, column: sa.ColumnElement[UUID | None], processes: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal of any of some processes."""
        return among(self._connection, column, [id for id, one in self._all(None) if one.process_key in processes])

    def deals_about(self, column: sa.ColumnElement[UUID | None], products: Collection[str]) -> sa.ColumnElement[bool]:
        """Say that a column names a deal that is about any of some products."""
        wanted = frozenset(products)
        ids = [deal_id for deal_id, one in self._all(None) if not wanted.isdisjoint(one.products)]
        return among(self._connection, column, ids)

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
        for deal_id, one in self._all(process_key):
            if one.created_at in cohort and self._holds(one):
                yield deal_id, one

    def _standings(self) -> Iterator[Standing]:
        return (one for _, one in self._all(None) if self._holds(one))

    def _all(self, process_key: str | None) -> list[tuple[UUID, Standing]]:
        if process_key not in self._folded:
            self._folded[process_key] = list(self._fold(process_key))
        return self._folded[process_key]

    def _fold(self, process_key: str | None) -> Iterator[tuple[UUID, Standing]]:
        statement = sa.select(*FACT_COLUMNS, deal_facts.c.deal_id).where(*self._moment.until(deal_facts, _CORRECTION))
        if process_key is not None:
            # a deal that came from another process began there
            rerouted = sa.select(deal_facts.c.deal_id).where(deal_facts.c.kind == Kind.REROUTED.value)
            statement = statement.where(
                sa.or_(deal_facts.c.process_key == process_key, deal_facts.c.deal_id.in_(rerouted))
            )
        if self._only_irregular:
            irregular = sa.select(deal_states.c.deal_id).where(deal_states.c.irregular)
            statement = statement.where(deal_facts.c.deal_id.in_(irregular))
        rows = _paged(self._connection, statement.order_by(deal_facts.c.deal_id, deal_facts.c.sequence))
        for deal_id, standing in standings(rows):
            if process_key in (None, standing.process_key):
                yield deal_id, standing


def _paged(connection: sa.Connection, statement: sa.Select[Any]) -> Iterator[sa.Row[Any]]:
    """Read rows that end with their deal, in the order of deals and sequences, page by page: never all at once."""
    deal, sequence = deal_facts.c.deal_id, deal_facts.c.sequence
    page = connection.execute(statement.limit(_PAGE)).all()
    while page:
        yield from page
        if len(page) < _PAGE:
            return
        last = page[-1]
        after = sa.or_(deal > last[-1], sa.and_(deal == last[-1], sequence > last[0]))
        page = connection.execute(statement.where(deal >= last[-1], after).limit(_PAGE)).all()


def _open_deal(deal_id: UUID, one: Standing) -> OpenDeal:
    here = one.stages.get(one.stage) if one.stage is not None else None
    return OpenDeal(
        deal_id=deal_id,
        process_id=one.process_id,
        stage=one.stage,
        highest_rank=one.highest_rank,
        manager_id=one.manager_id,
        partner_id=one.partner_id,
        created_at=one.created_at,
        base=one.base_minor,
        is_unconverted=one.is_unconverted,
        dwelt=here.dwell if here is not None else timedelta(0),
        since=here.since if here is not None else None,
    )


def _count(keyed: Iterable[tuple[K, Standing]]) -> dict[K, tuple[int, int, int]]:
    """Add up, under each key: deals, base amount, deals whose amount has no base."""
    counted: dict[K, list[int]] = {}
    for key, one in keyed:
        counts = counted.setdefault(key, [0, 0, 0])
        counts[0] += 1
        counts[1] += one.base_minor or 0
        counts[2] += one.is_unconverted
    return {key: (deals, base, unconverted) for key, (deals, base, unconverted) in counted.items()}
