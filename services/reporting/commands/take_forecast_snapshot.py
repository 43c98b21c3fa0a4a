"""Keep the forecast of a period as it is now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.errors import Forbidden, refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.reporting.domain.forecasts.cells import OpenCell, WonCell
from services.reporting.domain.forecasts.chances import Chances, LearnedChances, StageChances, mean
from services.reporting.domain.forecasts.forecast import Days, Keys, forecast
from services.reporting.domain.kinds import FORECAST_SNAPSHOT
from services.reporting.domain.period import Period
from services.reporting.storage.copies import organisation, stage_probabilities
from services.reporting.storage.forecasts.snapshots import ForetoldDeal, Snapshot, SnapshotCell, store
from services.reporting.storage.forecasts.sources import live_deals
from services.reporting.storage.moment import Moment
from services.reporting.storage.rates import rates_in_force
from services.reporting.storage.scope import Scope

_LONGEST = 366 * 2


@dataclass(frozen=True, kw_only=True)
class SnapshotDays:
    """The period: the first day in it, and the first one after it."""

    first: Annotated[date, Field(alias="from")]
    to: date


@dataclass(frozen=True, kw_only=True)
class TakeForecastSnapshot:
    """Ask that the forecast of a period be kept, of all deals, whoever asks."""

    period: SnapshotDays
    method: Literal["STAGE", "LEARNED"] = "STAGE"
    minimum_deals: Annotated[int, Field(ge=1, le=1_000_000)] = 20


def take_forecast_snapshot(command: TakeForecastSnapshot, tx: Transaction, actor: Actor) -> Json:
    """Keep a snapshot, of whoever's deals: only who sees all of them may; answer its id.

    Raise Refused for a period that ends before it begins, is empty, longer than two years or over (INVALID_PERIOD).
    """
    if actor.reach != "all":
        raise Forbidden("a snapshot is of all deals: only who sees them all takes one")
    days = Days(first=command.period.first, end=command.period.to)
    period = Period.of_days(days.first, days.end, tx.enterprise.zone)
    length = (command.period.to - command.period.first).days
    if not 0 < length <= _LONGEST:
        raise refuse("INVALID_PERIOD", f"a forecast is of 1 to {_LONGEST} days; these are {length}", "period", "to")
    if period.end is not None and period.end <= tx.now:  # what is known already would pass for a perfect forecast
        raise refuse("INVALID_PERIOD", "the period is over; keep the forecast of one that is not", "period", "to")
    return {"id": take(tx, days, period, command.method, command.minimum_deals)}


def take(tx: Transaction, days: Days, period: Period, method: str, minimum_deals: int) -> UUID:
    """Keep the forecast of a period as it is now."""
    assert days.first is not None and days.end is not None
    deals = live_deals(tx.connection, Scope(moment=Moment(as_of=tx.now)))
    chances: Chances = StageChances(of_stage=stage_probabilities(tx.connection))
    if method == "LEARNED":
        chances = LearnedChances(closed=deals.closed(), least=minimum_deals)
    expected = list(deals.expected(days))
    today = day_of(tx.now, tx.enterprise.zone)
    rows = forecast((cell for _, cell in expected), deals.won(period), chances, days, today, _KEYS)
    team_of = organisation(tx.connection).team_of
    cells = []
    for row in rows:
        manager_id, process_key = _read(row.key or "")
        team_id = team_of.get(manager_id) if manager_id is not None else None
        cells.append(SnapshotCell.of(row, process_key, manager_id, team_id))
    snapshot = Snapshot(
        id=new_id(FORECAST_SNAPSHOT),
        taken_at=tx.now,
        first_day=days.first,
        end_day=days.end,
        method=method,
        minimum_deals=minimum_deals,
        currency=tx.enterprise.base_currency,
    )
    foretold = [
        ForetoldDeal(deal_id=deal_id, process_key=cell.process_key, manager_id=cell.manager_id, probability=chance)
        for deal_id, cell in expected
        if (chance := mean(chances.parts(cell))) is not None
    ]
    store(
        tx.connection, snapshot, cells, foretold, rates_in_force(tx.connection, today, tx.enterprise.rate_max_age_days)
    )
    return snapshot.id


def _key(cell: OpenCell | WonCell) -> str:
    return f"{cell.manager_id or ''}/{cell.process_key}"


def _read(key: str) -> tuple[UUID | None, str]:
    manager, _, process_key = key.partition("/")
    return UUID(manager) if manager else None, process_key


_KEYS: Any = Keys(of_open=_key, of_won=_key)
