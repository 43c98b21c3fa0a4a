"""Deals in progress, won and closed, as forecasts need them: of this moment from deal_states, of another from its facts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal
from typing import Any, NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from services.reporting.domain.deals.history import CORRECTIONS, Outcome, Standing
from services.reporting.domain.forecasts.cells import OpenCell, WonCell
from services.reporting.domain.forecasts.chances import (
    Closed,
    Likeness,
    by_manager,
    by_partner,
    by_process,
    by_stage,
)
from services.reporting.domain.forecasts.forecast import Days
from services.reporting.domain.period import Period, month_of
from services.reporting.storage.deals.facts import FACT_COLUMNS, standings
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.merged_partners import survivors
from services.reporting.storage.scope import Moment, Scope, among
from services.reporting.storage.tables import deal_facts, deal_states, deal_stays

_d = deal_states.c
_WON, _LOST, _OPEN = Outcome.WON.value, Outcome.LOST.value, Outcome.IN_PROGRESS.value
_UNCONVERTED = sa.and_(_d.amount_minor.is_not(None), _d.base_minor.is_(None))
_BASE = sa.func.coalesce(sa.func.sum(_d.base_minor), 0)
_CORRECTION = deal_facts.c.kind.in_(sorted(kind.value for kind in CORRECTIONS))


class WonDeal(NamedTuple):
    """A won deal: whom it is credited to, and its amount in its own currency."""

    process_key: str
    manager_id: UUID | None
    currency: str | None
    amount_minor: int | None


class Deals(Protocol):
    """Where a forecast finds its deals; what was closed is that of the whole enterprise, whoever asks."""

    def in_progress(self) -> list[OpenCell]:
        """Give the deals in progress."""

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""

    def closed(self) -> Mapping[Likeness, Closed]:
        """Count how closed deals ended, by what they were like."""

    def each_won(self, period: Period) -> list[WonDeal]:
        """Give each deal won in a period."""

    def endings(self, deal_ids: Collection[UUID]) -> dict[UUID, bool]:
        """Tell, of those of some deals that are closed and count, whether each was won."""


class LiveDeals:
    """The deals of this moment."""

    def __init__(self, connection: sa.Connection, scope: Scope) -> None:
        self._connection = connection
        self._within = scope.on_states()

    def in_progress(self) -> list[OpenCell]:
        """Give the deals in progress."""
        alike = (
            _d.process_id, _d.process_key, _d.stage, _d.manager_id, _d.partner_id, _d.expected_close_on, _d.probability,
        )  # fmt: skip
        unconverted = sa.func.count().filter(_UNCONVERTED)
        without_amount = sa.func.count().filter(_d.amount_minor.is_(None))
        statement = sa.select(*alike, sa.func.count(), _BASE, unconverted, without_amount)
        merged = survivors(self._connection)
        return [
            OpenCell(
                process_id=row[0],
                process_key=row[1],
                stage=row[2],
                manager_id=row[3],
                partner_id=merged.get(row[4], row[4]),
                expected_close_on=row[5],
                probability=Decimal(row[6]) if row[6] is not None else None,
                deals=row[7],
                base=int(row[8]),
                unconverted=row[9],
                without_amount=row[10],
            )
            for row in self._connection.execute(statement.where(_d.outcome == _OPEN, *self._within).group_by(*alike))
        ]

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""
        alike = (_d.process_key, _d.manager_id, _d.closed_month)
        won = (_d.outcome == _WON, *within(_d.closed_at, period), *self._within)
        statement = sa.select(*alike, sa.func.count(), _BASE, sa.func.count().filter(_UNCONVERTED))
        return [
            WonCell(
                process_key=row[0], manager_id=row[1], month=row[2], deals=row[3], base=int(row[4]), unconverted=row[5]
            )
            for row in self._connection.execute(statement.where(*won).group_by(*alike))
        ]

    def each_won(self, period: Period) -> list[WonDeal]:
        """Give each deal won in a period."""
        told = (_d.process_key, _d.manager_id, _d.currency, _d.amount_minor)
        won = (_d.outcome == _WON, *within(_d.closed_at, period), *self._within)
        return [WonDeal(*row) for row in self._connection.execute(sa.select(*told).where(*won))]

    def endings(self, deal_ids: Collection[UUID]) -> dict[UUID, bool]:
        """Tell whether closed deals were won."""
        closed = (_d.counted, _d.outcome != _OPEN, among(self._connection, _d.deal_id, deal_ids))
        found = self._connection.execute(sa.select(_d.deal_id, _d.outcome).where(*closed))
        return {deal_id: outcome == _WON for deal_id, outcome in found}

    def expected(self, days: Days) -> Iterator[tuple[UUID, OpenCell]]:
        """Give each deal in progress that is expected to close on some days."""
        merged = survivors(self._connection)
        wanted = [_d.outcome == _OPEN, *self._within]
        wanted += [_d.expected_close_on >= days.first] if days.first is not None else []
        wanted += [_d.expected_close_on < days.end] if days.end is not None else []
        for row in self._connection.execute(sa.select(deal_states).where(*wanted)):
            yield (
                row.deal_id,
                OpenCell(
                    process_id=row.process_id,
                    process_key=row.process_key,
                    stage=row.stage,
                    manager_id=row.manager_id,
                    partner_id=merged.get(row.partner_id, row.partner_id),
                    expected_close_on=row.expected_close_on,
                    probability=Decimal(row.probability) if row.probability is not None else None,
                    deals=1,
                    base=row.base_minor or 0,
                    unconverted=int(row.amount_minor is not None and row.base_minor is None),
                    without_amount=int(row.amount_minor is None),
                ),
            )

    def closed(self) -> Mapping[Likeness, Closed]:
        """Count how closed deals ended."""
        found: dict[Likeness, Closed] = defaultdict(Closed)
        for key, won, lost in self._ended(_d.process_key):
            found[by_process(key)].add(won=won, lost=lost)
        for manager_id, won, lost in self._ended(_d.manager_id):
            if manager_id is not None:
                found[by_manager(manager_id)].add(won=won, lost=lost)
        merged = survivors(self._connection)
        for partner_id, won, lost in self._ended(_d.partner_id):
            if partner_id is not None:
                found[by_partner(merged.get(partner_id, partner_id))].add(won=won, lost=lost)
        visited = deal_states.join(deal_stays, deal_stays.c.deal_id == _d.deal_id)
        for key, stage, won, lost in self._ended(_d.process_key, deal_stays.c.stage, of=visited):
            found[by_stage(key, stage)].add(won=won, lost=lost)
        return found

    def _ended(self, *alike: sa.ColumnElement[Any], of: sa.FromClause = deal_states) -> Iterator[Any]:
        ended = [sa.func.count().filter(_d.outcome == outcome) for outcome in (_WON, _LOST)]
        closed = (_d.counted, _d.outcome != _OPEN)
        yield from self._connection.execute(sa.select(*alike, *ended).select_from(of).where(*closed).group_by(*alike))


class PastDeals:
    """The deals of another moment, from the facts of it: they are added up once."""

    def __init__(self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo) -> None:
        holds = scope.test(connection)
        merged = survivors(connection)
        self._zone = zone
        self._open: list[OpenCell] = []
        self._won: list[Standing] = []
        self._closed: dict[Likeness, Closed] = defaultdict(Closed)
        self._endings: dict[UUID, bool] = {}
        for deal_id, one in _standings(connection, moment):
            partner_id = merged.get(one.partner_id, one.partner_id) if one.partner_id else None
            if one.outcome is not Outcome.IN_PROGRESS:
                self._learn(one, partner_id)
                self._endings[deal_id] = one.outcome is Outcome.WON
            if not holds(one):
                continue
            if one.outcome is Outcome.WON:
                self._won.append(one)
            elif one.outcome is Outcome.IN_PROGRESS:
                self._open.append(_cell(one, partner_id))

    def in_progress(self) -> list[OpenCell]:
        """Give the deals in progress."""
        return self._open

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""
        return [
            WonCell(
                process_key=one.process_key,
                manager_id=one.manager_id,
                month=month_of(one.closed_at, self._zone),
                deals=1,
                base=one.base_minor or 0,
                unconverted=int(one.is_unconverted),
            )
            for one in self._won
            if one.closed_at is not None and one.closed_at in period
        ]

    def closed(self) -> Mapping[Likeness, Closed]:
        """Count how closed deals ended."""
        return self._closed

    def each_won(self, period: Period) -> list[WonDeal]:
        """Give each deal won in a period."""
        return [
            WonDeal(one.process_key, one.manager_id, one.currency, one.amount_minor)
            for one in self._won
            if one.closed_at is not None and one.closed_at in period
        ]

    def endings(self, deal_ids: Collection[UUID]) -> dict[UUID, bool]:
        """Tell whether closed deals were won."""
        return {deal_id: self._endings[deal_id] for deal_id in deal_ids if deal_id in self._endings}

    def _learn(self, one: Standing, partner_id: UUID | None) -> None:
        alike = [by_process(one.process_key), *(by_stage(one.process_key, stage) for stage in one.stages)]
        alike += [by_manager(one.manager_id)] if one.manager_id is not None else []
        alike += [by_partner(partner_id)] if partner_id is not None else []
        won = one.outcome is Outcome.WON
        for likeness in alike:
            self._closed[likeness].add(won=int(won), lost=int(not won))


def _cell(one: Standing, partner_id: UUID | None) -> OpenCell:
    return OpenCell(
        process_id=one.process_id,
        process_key=one.process_key,
        stage=one.stage,
        manager_id=one.manager_id,
        partner_id=partner_id,
        expected_close_on=one.expected_close_on,
        probability=one.probability,
        deals=1,
        base=one.base_minor or 0,
        unconverted=int(one.is_unconverted),
        without_amount=int(one.amount_minor is None),
    )


def _standings(connection: sa.Connection, moment: Moment) -> Iterator[tuple[UUID, Standing]]:
    """Give how the deals that count stood at a moment, one after another."""
    statement = sa.select(*FACT_COLUMNS, deal_facts.c.deal_id).where(*moment.until(deal_facts, _CORRECTION))
    ordered = statement.order_by(deal_facts.c.deal_id, deal_facts.c.sequence)
    rows = connection.execution_options(yield_per=1000).execute(ordered)
    for deal_id, standing in standings(rows):
        if standing.counted:
            yield deal_id, standing
