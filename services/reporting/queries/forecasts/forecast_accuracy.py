"""How near forecasts came to what was won."""

from __future__ import annotations

from collections import defaultdict
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.forecasts.accuracy import Compared, accuracy_of_all
from services.reporting.domain.managers.teams import Organisation
from services.reporting.domain.period import Period
from services.reporting.domain.worth import worth
from services.reporting.queries.deals.shapes import amounts_json
from services.reporting.queries.forecasts.forecast import deals_of
from services.reporting.queries.forecasts.kept import KeptGrouping, OfSnapshots, key_of, understand_kept, until
from services.reporting.queries.report import in_major_units, origin
from services.reporting.storage.forecasts.snapshots import (
    cells_of,
    first_of_each_period,
    rates_of,
    select_snapshots,
)
from services.reporting.storage.forecasts.sources import WonDeal
from services.reporting.storage.freshness import freshness


def forecast_accuracy(query: OfSnapshots, reading: Reading, actor: Actor) -> Json:
    """Compare, for each period that is over, the first forecast that was kept of it with what was won in it.

    What was won is valued at the rates in force as the snapshot was taken; what had none then is `unconverted`. Whom a
    won deal is credited to is its owner at the close, in today's team, or that of the moment asked for.
    """
    fresh = freshness(reading.connection)
    asked, scope = understand_kept(query, reading, actor)
    currency = reading.enterprise.base_currency
    days, zone = query.period, reading.enterprise.zone
    selected = select_snapshots(
        method=query.method,
        first=days.first if days else None,
        end=days.to if days else None,
        until=until(query, asked),
    )
    kept = first_of_each_period(reading.connection, selected, day_of(asked.moment.as_of, zone))
    ids = [one.id for one in kept]
    cells, rates = cells_of(reading.connection, ids, scope), rates_of(reading.connection, ids)
    deals = deals_of(asked, scope, reading)
    rows: list[dict[str, Any]] = []
    compared: list[Compared] = []
    key = key_of(query.group_by)
    for one in kept:
        forecasts: dict[str | None, int] = defaultdict(int)
        for cell in cells[one.id]:
            forecasts[key(cell)] += cell.forecast
        actual: dict[str | None, int] = defaultdict(int)
        unconverted: dict[str | None, int] = defaultdict(int)
        for deal in deals.each_won(Period.of_days(one.first_day, one.end_day, zone)):
            if deal.amount_minor is None or deal.currency is None:
                continue
            name = _key(deal, query.group_by, asked.organisation)
            value = worth(deal.amount_minor, deal.currency, one.currency, rates[one.id])
            actual[name] += value or 0
            unconverted[name] += value is None
        keys = {*forecasts, *actual} or ({None} if query.group_by is None else set())
        for name in sorted(keys, key=lambda each: (each is None, each or "")):
            pair = Compared(forecast=forecasts[name], actual=actual[name])
            compared.append(pair)
            rows.append(
                {
                    "key": name,
                    "snapshot_id": one.id,
                    "taken_at": one.taken_at,
                    "from": one.first_day,
                    "to": one.end_day,
                    "forecast_amount": in_major_units(pair.forecast, one.currency),
                    "actual_amount": in_major_units(pair.actual, one.currency),
                    "unconverted": unconverted[name],
                    "accuracy": amounts_json(pair.accuracy, one.currency) if pair.actual else pair.accuracy.to_json(),
                    "bias": amounts_json(pair.bias, one.currency),
                }
            )
    return {
        **origin(asked, fresh.moment),
        "currency": currency,
        "rows": rows,
        "overall": amounts_json(accuracy_of_all(compared), currency),
    }


def _key(deal: WonDeal, by: KeptGrouping | None, organisation: Organisation) -> str | None:
    def text(value: UUID | None) -> str | None:
        return str(value) if value is not None else None

    match by:
        case None:
            return None
        case "PROCESS":
            return deal.process_key
        case "MANAGER":
            return text(deal.manager_id)
        case "TEAM":
            return text(organisation.team_of.get(deal.manager_id)) if deal.manager_id is not None else None
