"""Velocity: how much money deals bring a day, as they went lately."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction

from services.reporting.domain.deals.durations import DAY, Durations
from services.reporting.domain.deals.history import Outcome
from services.reporting.domain.deals.outcomes import OutcomeCell
from services.reporting.domain.ratio import Ratio

WINDOW = timedelta(days=90)


@dataclass(slots=True, kw_only=True)
class Velocity:
    """Its parts: deals in progress, and those closed in the window before the moment; amounts are minor units."""

    cycle: Durations
    open: int = 0
    won: int = 0
    lost: int = 0
    won_amount: int = 0
    unconverted: int = 0

    @property
    def win_rate(self) -> Ratio:
        """Give the share of the won among the closed."""
        return Ratio(numerator=self.won, denominator=self.won + self.lost)

    @property
    def mean_won_amount(self) -> Ratio:
        """Give what a won deal brought, of those whose amount is not left out for want of a rate."""
        return Ratio(numerator=self.won_amount, denominator=self.won - self.unconverted)

    @property
    def per_day(self) -> Fraction | None:
        """Give open deals × mean won amount × win rate / mean cycle in days; None where any of these is not known or no time passed."""
        mean, rate = self.mean_won_amount, self.win_rate
        if not mean.denominator or not rate.denominator or not self.cycle.total:
            return None
        cycle_days = Fraction(self.cycle.total, self.cycle.deals * DAY)
        return (
            self.open
            * Fraction(mean.numerator, mean.denominator)
            * Fraction(rate.numerator, rate.denominator)
            / cycle_days
        )


def velocity(cells: Iterable[OutcomeCell], cycle: Durations) -> Velocity:
    """Work it out of the outcomes and the cycle of the window."""
    result = Velocity(cycle=cycle)
    for cell in cells:
        match cell.outcome:
            case Outcome.IN_PROGRESS:
                result.open += cell.deals
            case Outcome.LOST:
                result.lost += cell.deals
            case Outcome.WON:
                result.won += cell.deals
                result.won_amount += cell.base
                result.unconverted += cell.unconverted
    return result
