"""How much money deals bring a day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction

from chassis.actor import Actor
from chassis.money import Money
from chassis.store.database import Reading
from chassis.wire import Json
from services.reporting.domain.deals.velocity import WINDOW, velocity
from services.reporting.domain.period import Period
from services.reporting.queries.deals.sales_cycle import cycle_of
from services.reporting.queries.deals.shapes import amounts_json, durations_json
from services.reporting.queries.report import Report, in_major_units, origin, understand
from services.reporting.storage.freshness import freshness


@dataclass(frozen=True, kw_only=True)
class VelocityReport(Report):
    """Ask for the velocity over the 90 days before the moment; a period does not matter."""


def velocity_report(query: VelocityReport, reading: Reading, actor: Actor) -> Json:
    """Give money per day, null without wins, with all its parts."""
    fresh = freshness(reading.connection)
    asked = understand(query, reading, actor)
    since = asked.moment.as_of - WINDOW
    window = Period(start=since)  # nothing lies after the moment
    found = velocity(asked.cells.outcomes(window, None), cycle_of(asked, window))
    currency = reading.enterprise.base_currency
    mean = found.mean_won_amount
    return {
        **origin(asked, fresh.moment),
        "since": since,
        "per_day": _rounded(found.per_day, currency) if found.per_day is not None else None,
        "open": found.open,
        "won": found.won,
        "lost": found.lost,
        "mean_won_amount": {
            **amounts_json(mean, currency),
            "value": _major(mean.value, currency),
            "denominator": str(mean.denominator),
        },
        "win_rate": found.win_rate.to_json(),
        "cycle": durations_json(found.cycle),
        "currency": currency,
        "unconverted": found.unconverted,
    }


def _rounded(minor: Fraction, currency: str) -> str:
    """Write minor units as an amount, rounded half to even."""
    whole = (Decimal(minor.numerator) / minor.denominator).quantize(Decimal(1), rounding=ROUND_HALF_EVEN)
    return in_major_units(int(whole), currency)


def _major(minor: float | None, currency: str) -> float | None:
    return minor * float(Money(minor=1, currency=currency).amount) if minor is not None else None
