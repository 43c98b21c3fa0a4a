"""Snapshots of forecasts: taken once, never changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from services.reporting.domain.forecasts.forecast import ForecastRow
from services.reporting.storage.scope import Scope, among
from services.reporting.storage.tables import (
    forecast_snapshot_cells,
    forecast_snapshot_deals,
    forecast_snapshot_rates,
    forecast_snapshots,
)

_s, _c, _f, _r = forecast_snapshots.c, forecast_snapshot_cells.c, forecast_snapshot_deals.c, forecast_snapshot_rates.c
_PLACES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a forecast was of; the period is half-open."""

    id: UUID
    taken_at: datetime
    first_day: date
    end_day: date
    method: str
    minimum_deals: int
    currency: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SnapshotCell:
    """The forecast of a process and a manager; `team_id` is the manager's team at that moment, amounts are minor units."""

    process_key: str
    manager_id: UUID | None
    team_id: UUID | None
    won: int
    won_amount: int
    open: int
    open_amount: int
    weighted_amount: int
    overdue: int
    without_amount: int
    without_probability: int
    unconverted: int

    @classmethod
    def of(cls, row: ForecastRow, process_key: str, manager_id: UUID | None, team_id: UUID | None) -> SnapshotCell:
        """Make the cell of a forecast's row."""
        return cls(
            process_key=process_key,
            manager_id=manager_id,
            team_id=team_id,
            won=row.won,
            won_amount=row.won_amount,
            open=row.open,
            open_amount=row.open_amount,
            weighted_amount=row.weighted_amount,
            overdue=row.overdue,
            without_amount=row.without_amount,
            without_probability=row.without_probability,
            unconverted=row.unconverted,
        )

    @property
    def forecast(self) -> int:
        """Give what was won and expected."""
        return self.won_amount + self.weighted_amount


@dataclass(frozen=True, slots=True, kw_only=True)
class ForetoldDeal:
    """A deal that was expected to close, and how likely it was to be won."""

    deal_id: UUID
    process_key: str
    manager_id: UUID | None
    probability: Fraction


def store(
    connection: sa.Connection,
    snapshot: Snapshot,
    cells: Iterable[SnapshotCell],
    deals: Iterable[ForetoldDeal],
    rates: Mapping[str, Decimal],
) -> None:
    """Keep a snapshot for ever."""
    of: dict[str, Any] = {"snapshot_id": snapshot.id}
    connection.execute(forecast_snapshots.insert(), {name: getattr(snapshot, name) for name in Snapshot.__slots__})
    rows = [
        of | {"place": place} | {name: getattr(cell, name) for name in SnapshotCell.__slots__}
        for place, cell in enumerate(cells)
    ]
    if rows:
        connection.execute(forecast_snapshot_cells.insert(), rows)
    foretold = [
        of
        | {
            "deal_id": deal.deal_id,
            "process_key": deal.process_key,
            "manager_id": deal.manager_id,
            "probability": f"{round(deal.probability * 10**_PLACES) / Decimal(10**_PLACES):.{_PLACES}f}",
        }
        for deal in deals
    ]
    if foretold:
        connection.execute(forecast_snapshot_deals.insert(), foretold)
    if rates:
        connection.execute(
            forecast_snapshot_rates.insert(),
            [of | {"currency": currency, "rate": str(rate)} for currency, rate in rates.items()],
        )


def select_snapshots(
    *, method: str | None, first: date | None, end: date | None, until: datetime
) -> sa.Select[tuple[object, ...]]:
    """Select snapshots taken until a moment, of periods that lie within some days."""
    statement = sa.select(forecast_snapshots).where(_s.taken_at <= until)
    statement = statement.where(_s.method == method) if method is not None else statement
    statement = statement.where(_s.first_day >= first) if first is not None else statement
    return statement.where(_s.end_day <= end) if end is not None else statement


def snapshot_of(row: sa.Row[tuple[object, ...]]) -> Snapshot:
    """Read a snapshot from its row."""
    return Snapshot(**{name: row._mapping[name] for name in Snapshot.__slots__})


def first_of_each_period(
    connection: sa.Connection, selected: sa.Select[tuple[object, ...]], day: date
) -> list[Snapshot]:
    """Give, of each period that is over on a day, the snapshot that was taken first."""
    over = selected.where(_s.end_day <= day).order_by(_s.first_day, _s.end_day, _s.taken_at, _s.id)
    found: dict[tuple[date, date], Snapshot] = {}
    for row in connection.execute(over):
        one = snapshot_of(row)
        found.setdefault((one.first_day, one.end_day), one)
    return list(found.values())


def cells_of(connection: sa.Connection, ids: Collection[UUID], scope: Scope) -> dict[UUID, list[SnapshotCell]]:
    """Give the cells of snapshots, as far as they may be seen and are asked for."""
    wanted = [
        among(connection, _c.snapshot_id, ids),
        *scope.of_managers(_c.manager_id),
        *scope.of_processes(_c.process_key),
    ]
    found: dict[UUID, list[SnapshotCell]] = {one: [] for one in ids}
    for row in connection.execute(sa.select(forecast_snapshot_cells).where(*wanted).order_by(_c.place)):
        told = row._mapping
        found[row.snapshot_id].append(SnapshotCell(**{name: told[name] for name in SnapshotCell.__slots__}))
    return found


def rates_of(connection: sa.Connection, ids: Collection[UUID]) -> dict[UUID, dict[str, Decimal]]:
    """Give the rates of snapshots."""
    found: dict[UUID, dict[str, Decimal]] = {one: {} for one in ids}
    for row in connection.execute(sa.select(forecast_snapshot_rates).where(among(connection, _r.snapshot_id, ids))):
        found[row.snapshot_id][row.currency] = Decimal(row.rate)
    return found


def foretold_of(connection: sa.Connection, ids: Collection[UUID], scope: Scope) -> sa.Select[tuple[UUID, str]]:
    """Select the deals of snapshots with their probabilities; a deal that several tell of comes as often."""
    wanted = [
        among(connection, _f.snapshot_id, ids),
        *scope.of_managers(_f.manager_id),
        *scope.of_processes(_f.process_key),
    ]
    return sa.select(_f.deal_id, _f.probability).where(*wanted)
