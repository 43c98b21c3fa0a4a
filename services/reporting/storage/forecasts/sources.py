"""Deals in progress, won and closed, as forecasts need them: of this moment or of another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple, Protocol
from uuid import UUID
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from chassis.wire import decode
from services.reporting.domain.deals.history import Outcome, Standing
from services.reporting.domain.forecasts.accuracy import Foretold
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
from services.reporting.domain.period import Period, month_name, month_of
from services.reporting.storage.deals.deal_rows import DealRows, now, then
from services.reporting.storage.deals.irregular import irregular
from services.reporting.storage.deals.stated_cells import within
from services.reporting.storage.merged_partners import survivors
from services.reporting.storage.scope import Moment, Scope, among

_WON, _LOST = Outcome.WON.value, Outcome.LOST.value
_AT_ONCE = 5_000
_SETS = (("process_key", "entered"), ("manager_id",), ("partner_id",))
_ALIKE = tuple(name for names in _SETS for name in names)
"""In what closed deals are alike."""


class WonDeal(NamedTuple):
    """A won deal: whom it is credited to, and its amount in its own currency."""

    process_key: str
    manager_id: UUID | None
    currency: str | None
    amount_minor: int | None


class Deals(Protocol):
    """Where a forecast finds its deals; what was closed is that of the whole enterprise, whoever asks."""

    def in_progress(self, *, managers: bool, partners: bool) -> Iterable[OpenCell]:
        """Give the deals in progress; managers and partners are told where they are asked for, else None."""

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""

    def closed(self) -> Mapping[Likeness, Closed]:
        """Count how closed deals ended, by what they were like."""

    def each_won(self, period: Period) -> Iterable[WonDeal]:
        """Give each deal won in a period."""

    def became(self, foretold: sa.Select[tuple[UUID, str]]) -> Iterable[Foretold]:
        """Tell, of deals and the probabilities that were foretold of them, what became of those that are closed and count."""


class StatedDeals:
    """The deals that rows tell of; `everyone` are those of the whole enterprise."""

    def __init__(self, connection: sa.Connection, stood: DealRows, everyone: DealRows) -> None:
        self._connection = connection
        self._stood = stood
        self._everyone = everyone

    def in_progress(self, *, managers: bool, partners: bool) -> Iterator[OpenCell]:
        """Give the deals in progress."""
        stood = self._stood
        names = ["process_id", "process_key", "stage", "expected_close_on", "probability"]
        names += ["manager_id"] if managers else []
        names += ["partner_id"] if partners else []
        alike = [stood[name].label(name) for name in names]
        counts = [
            sa.func.count().label("deals"),
            _base(stood).label("base"),
            sa.func.count().filter(stood["unconverted"]).label("unconverted"),
            sa.func.count().filter(stood["amount_minor"].is_(None)).label("without_amount"),
        ]
        statement = sa.select(*alike, *counts).select_from(stood.source).where(stood.open, *stood.within)
        merged = survivors(self._connection)
        grouped = statement.group_by(*(stood[name] for name in names)).execution_options(yield_per=_AT_ONCE)
        rows = self._connection.execute(grouped)
        for (
            process_id,
            process_key,
            stage,
            expected_close_on,
            probability,
            *who,
            deals,
            base,
            unconverted,
            none,
        ) in rows:
            manager_id = who[0] if managers else None
            partner_id: UUID | None = who[-1] if partners else None
            yield OpenCell(
                process_id=process_id,
                process_key=process_key,
                stage=stage,
                manager_id=manager_id,
                partner_id=merged.get(partner_id, partner_id) if partner_id is not None else None,
                expected_close_on=expected_close_on,
                probability=Decimal(probability) if probability is not None else None,
                deals=deals,
                base=int(base),
                unconverted=unconverted,
                without_amount=none,
            )

    def expected(self, days: Days) -> Iterator[tuple[UUID, OpenCell]]:
        """Give each deal in progress that is expected to close on some days."""
        stood = self._stood
        merged, close = survivors(self._connection), stood["expected_close_on"]
        wanted = [stood.open, *stood.within]
        wanted += [close >= days.first] if days.first is not None else []
        wanted += [close < days.end] if days.end is not None else []
        names = ("deal_id", "process_id", "process_key", "stage", "manager_id", "partner_id", "probability", "base")
        told = [stood[name].label(name) for name in (*names, "expected_close_on", "amount_minor", "unconverted")]
        for row in self._connection.execute(sa.select(*told).select_from(stood.source).where(*wanted)):
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
                    base=row.base or 0,
                    unconverted=int(row.unconverted),
                    without_amount=int(row.amount_minor is None),
                ),
            )

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""
        stood = self._stood
        alike = (stood["process_key"], stood["manager_id"], stood["closed_month"])
        unconverted = sa.func.count().filter(stood["unconverted"])
        statement = sa.select(*alike, sa.func.count(), _base(stood), unconverted).select_from(stood.source)
        return [
            WonCell(
                process_key=row[0],
                manager_id=row[1],
                month=month_name(row[2]) if isinstance(row[2], int) else row[2],
                deals=row[3],
                base=int(row[4]),
                unconverted=row[5],
            )
            for row in self._connection.execute(statement.where(*self._won(period)).group_by(*alike))
        ]

    def each_won(self, period: Period) -> Iterator[WonDeal]:
        """Give each deal won in a period."""
        stood = self._stood
        told = [stood[name] for name in WonDeal._fields]
        statement = sa.select(*told).select_from(stood.source).where(*self._won(period))
        for row in self._connection.execute(statement.execution_options(yield_per=_AT_ONCE)):
            yield WonDeal(*row)

    def _won(self, period: Period) -> list[sa.ColumnElement[bool]]:
        stood = self._stood
        return [stood["outcome"] == _WON, *within(stood["closed_at"], period), *stood.within]

    def became(self, foretold: sa.Select[tuple[UUID, str]]) -> Iterator[Foretold]:
        """Tell what became of deals."""
        of, told = self._everyone, foretold.subquery()
        statement = (
            sa.select(told.c.probability, of["outcome"], sa.func.count())
            .select_from(of.source.join(told, told.c.deal_id == of["deal_id"]))
            .where(~of.open, *of.within)
            .group_by(told.c.probability, of["outcome"])
        )
        for probability, outcome, deals in self._connection.execute(statement):
            yield Foretold(probability=Fraction(probability), won=outcome == _WON, deals=deals)

    def closed(self) -> Mapping[Likeness, Closed]:
        """Count how closed deals ended."""
        found: dict[Likeness, Closed] = defaultdict(Closed)
        merged = survivors(self._connection)
        for key, entered, manager_id, partner_id, won, lost in self._ended():
            alike: list[Likeness] = []
            if key is not None:
                alike = [by_process(key), *(by_stage(key, stage) for stage in decode(entered))]
            elif manager_id is not None:
                alike = [by_manager(manager_id)]
            elif partner_id is not None:
                alike = [by_partner(merged.get(partner_id, partner_id))]
            for likeness in alike:
                found[likeness].add(won=won, lost=lost)
        return found

    def _ended(self) -> Iterator[Any]:
        """Count closed deals by process and stages, by manager, and by partner: what does not matter is NULL in a row."""
        of = self._everyone
        ended = [sa.func.count().filter(of["outcome"] == outcome) for outcome in (_WON, _LOST)]
        columns = [of[name] for name in _ALIKE]
        statement = sa.select(*columns, *ended).select_from(of.source).where(~of.open, *of.within)
        if self._connection.dialect.name == "postgresql":  # in one scan
            sets = (sa.tuple_(*(of[name] for name in names)) for names in _SETS)
            yield from self._connection.execute(statement.group_by(sa.func.grouping_sets(*sets)))
            return
        for names in _SETS:
            told = [of[name] if name in names else sa.null() for name in _ALIKE]
            grouped = statement.with_only_columns(*told, *ended).group_by(*(of[name] for name in names))
            yield from self._connection.execute(grouped)


class PastDeals:
    """The deals of another moment: rows tell of them, but of those with irregular histories, whose facts are added up once."""

    def __init__(self, connection: sa.Connection, scope: Scope, moment: Moment, zone: ZoneInfo) -> None:
        holds = scope.test(connection)
        merged = survivors(connection)
        self._stated = StatedDeals(connection, then(scope, moment), then(Scope(moment=moment), moment))
        self._connection = connection
        self._zone = zone
        self._open: list[OpenCell] = []
        self._won: list[Standing] = []
        self._closed: dict[Likeness, Closed] = defaultdict(Closed)
        self._endings: dict[UUID, bool] = {}
        for deal_id, one in irregular(connection, moment):
            partner_id = merged.get(one.partner_id, one.partner_id) if one.partner_id else None
            if not one.counted:
                continue
            if one.outcome is not Outcome.IN_PROGRESS:
                self._learn(one, partner_id)
                self._endings[deal_id] = one.outcome is Outcome.WON
            if not holds(one):
                continue
            if one.outcome is Outcome.WON:
                self._won.append(one)
            elif one.outcome is Outcome.IN_PROGRESS:
                self._open.append(_cell(one, partner_id))

    def in_progress(self, *, managers: bool, partners: bool) -> Iterator[OpenCell]:
        """Give the deals in progress."""
        yield from self._open
        yield from self._stated.in_progress(managers=managers, partners=partners)

    def won(self, period: Period) -> list[WonCell]:
        """Give the deals won in a period."""
        return self._stated.won(period) + [
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
        found = defaultdict(Closed, self._stated.closed())
        for likeness, closed in self._closed.items():
            found[likeness].add(won=closed.won, lost=closed.lost)
        return found

    def each_won(self, period: Period) -> Iterator[WonDeal]:
        """Give each deal won in a period."""
        yield from self._stated.each_won(period)
        for one in self._won:
            if one.closed_at is not None and one.closed_at in period:
                yield WonDeal(one.process_key, one.manager_id, one.currency, one.amount_minor)

    def became(self, foretold: sa.Select[tuple[UUID, str]]) -> Iterator[Foretold]:
        """Tell what became of deals."""
        yield from self._stated.became(foretold)
        told = foretold.subquery()
        mine = sa.select(told).where(among(self._connection, told.c.deal_id, self._endings))
        for deal_id, probability in self._connection.execute(mine):
            yield Foretold(probability=Fraction(probability), won=self._endings[deal_id], deals=1)

    def _learn(self, one: Standing, partner_id: UUID | None) -> None:
        alike = [by_process(one.process_key), *(by_stage(one.process_key, stage) for stage in one.stages)]
        alike += [by_manager(one.manager_id)] if one.manager_id is not None else []
        alike += [by_partner(partner_id)] if partner_id is not None else []
        won = one.outcome is Outcome.WON
        for likeness in alike:
            self._closed[likeness].add(won=int(won), lost=int(not won))


def live_deals(connection: sa.Connection, scope: Scope) -> StatedDeals:
    """Give the deals of this moment."""
    return StatedDeals(connection, now(scope), now(Scope(moment=scope.moment)))


def _base(stood: DealRows) -> sa.ColumnElement[int]:
    return sa.func.coalesce(sa.func.sum(stood["base"]), 0)


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
