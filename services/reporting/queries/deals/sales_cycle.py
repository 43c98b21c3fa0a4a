"""How long it takes to win."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.durations import Durations, places
from services.reporting.domain.period import Period
from services.reporting.queries.deals.shapes import durations_json
from services.reporting.queries.report import Asked, Report, origin, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class SalesCycle(Report):
    """Ask how long the deals won in the period took, from their creation to the close that still holds."""


def sales_cycle(query: SalesCycle, reading: Reading, actor: Actor) -> Json:
    """Give median, mean and 90th percentile in days; raise Refused for a period that ends before it begins."""
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    return {**origin(asked, fresh.moment), "cycle": durations_json(cycle_of(asked, asked.period))}


def cycle_of(asked: Asked, period: Period) -> Durations:
    """Tell how long the deals won in a period took."""
    return next((Durations.of(cell) for cell in asked.cells.cycles(period, None, places)), Durations())
