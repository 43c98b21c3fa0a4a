"""What is expected to be won."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import Field

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.forecasts import forecast as figures
from services.reporting.domain.forecasts.chances import Chances, LearnedChances, StageChances
from services.reporting.domain.managers.teams import Organisation
from services.reporting.queries.report import Asked, Report, in_major_units, origin, require_family, understand
from services.reporting.storage.copies import stage_probabilities
from services.reporting.storage.deals.live_cells import LiveCells
from services.reporting.storage.forecasts.sources import Deals, PastDeals, live_deals
from services.reporting.storage.freshness import freshness
from services.reporting.storage.scope import Scope

Grouping = Literal["PROCESS", "MANAGER", "TEAM", "MONTH"]


@dataclass(frozen=True, kw_only=True)
class ForecastReport(Report):
    """Ask what will be won in the period by its end, of a process (named by any version) or of all.

    STAGE weighs a deal by its own probability, else by that of its stage; LEARNED by the mean of the frequencies of wins
    among closed deals of its stage, manager, partner and process that are at least `minimum_deals` each.
    """

    method: Literal["STAGE", "LEARNED"] = "STAGE"
    group_by: Grouping | None = None
    process_id: UUID | None = None
    minimum_deals: Annotated[int, Field(ge=1, le=1_000_000)] = 20


def forecast(query: ForecastReport, reading: Reading, actor: Actor) -> Json:
    """Give a row for each key, or one without a key where nothing is grouped by.

    Keys: process key, manager id, team id, month "2017-03" of the expected close and of the win; null for what has none.
    Raise Refused for a period that ends before it begins (INVALID_PERIOD) and an unknown process (NOT_FOUND).
    """
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    scope = asked.scope
    if query.process_id is not None:
        key = require_family(reading, query.process_id, query.known_at).newest.key
        scope = replace(scope, processes=frozenset({key}))
    zone = reading.enterprise.zone
    deals = deals_of(asked, scope, reading)
    days = figures.Days(first=query.period.first, end=query.period.to) if query.period else figures.Days()
    rows = figures.forecast(
        deals.in_progress(
            managers=query.group_by in ("MANAGER", "TEAM") or query.method == "LEARNED",
            partners=query.method == "LEARNED",
        ),
        deals.won(asked.period),
        _chances(query, reading, deals),
        days,
        day_of(asked.moment.as_of, zone),
        _keys(query.group_by, asked.organisation),
    )
    if query.group_by is None and not rows:
        rows = [figures.ForecastRow(key=None)]
    currency = reading.enterprise.base_currency
    return {
        **origin(asked, fresh.moment),
        "method": query.method,
        "minimum_deals": query.minimum_deals,
        "currency": currency,
        "rows": [row_json(row, currency) for row in rows],
    }


def deals_of(asked: Asked, scope: Scope, reading: Reading) -> Deals:
    """Give the deals of the moment that is asked for."""
    if isinstance(asked.cells, LiveCells):
        return live_deals(reading.connection, scope)
    return PastDeals(reading.connection, scope, asked.moment, reading.enterprise.zone)


def _chances(query: ForecastReport, reading: Reading, deals: Deals) -> Chances:
    if query.method == "LEARNED":
        return LearnedChances(closed=deals.closed(), least=query.minimum_deals)
    return StageChances(of_stage=stage_probabilities(reading.connection))


def _keys(by: Grouping | None, organisation: Organisation) -> figures.Keys:
    def manager(manager_id: UUID | None) -> str | None:
        return str(manager_id) if manager_id is not None else None

    def team(manager_id: UUID | None) -> str | None:
        team_id = organisation.team_of.get(manager_id) if manager_id is not None else None
        return str(team_id) if team_id is not None else None

    match by:
        case None:
            return figures.Keys(of_open=lambda _: None, of_won=lambda _: None)
        case "PROCESS":
            return figures.Keys(of_open=lambda cell: cell.process_key, of_won=lambda cell: cell.process_key)
        case "MANAGER":
            return figures.Keys(
                of_open=lambda cell: manager(cell.manager_id), of_won=lambda cell: manager(cell.manager_id)
            )
        case "TEAM":
            return figures.Keys(of_open=lambda cell: team(cell.manager_id), of_won=lambda cell: team(cell.manager_id))
        case "MONTH":
            return figures.Keys(
                of_open=lambda cell: f"{cell.expected_close_on:%Y-%m}" if cell.expected_close_on else None,
                of_won=lambda cell: cell.month,
            )


def row_json(row: figures.ForecastRow, currency: str) -> dict[str, Any]:
    """Give a row in the shape of the wire."""
    return {
        "key": row.key,
        "won": row.won,
        "won_amount": in_major_units(row.won_amount, currency),
        "open": row.open,
        "open_amount": in_major_units(row.open_amount, currency),
        "weighted_amount": in_major_units(row.weighted_amount, currency),
        "forecast_amount": in_major_units(row.forecast_amount, currency),
        "overdue": row.overdue,
        "without_amount": row.without_amount,
        "without_probability": row.without_probability,
        "without_close_date": row.without_close_date,
        "unconverted": row.unconverted,
    }
