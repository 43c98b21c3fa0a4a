"""How long something took: the middle, the mean, and what nine of ten did not exceed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.reporting.domain.percentiles import middle, p90, tail
from services.reporting.domain.spread import SpreadCell

DAY = timedelta(days=1) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """Of so many deals, days; None of none."""

    deals: int = 0
    total: int = 0
    median_days: float | None = None
    p90_days: float | None = None

    @property
    def mean_days(self) -> float | None:
        """Give the mean, in days."""
        return self.total / (self.deals * DAY) if self.deals else None

    @classmethod
    def of(cls, cell: SpreadCell) -> Durations:
        """Read them from a cell that holds the values at `places`."""
        p90_days = float(p90(cell.values, cell.deals) / DAY)
        return cls(deals=cell.deals, total=cell.total, median_days=cell.median / DAY, p90_days=p90_days)


def places(count: int) -> Iterable[int]:
    """Say where in so many values Durations looks."""
    return {*middle(count), *tail(count)}
