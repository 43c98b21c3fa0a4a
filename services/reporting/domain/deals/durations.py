"""How long something took: the middle, the mean, and what nine of ten did not exceed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from services.reporting.domain.spread import SpreadCell, middle

DAY = timedelta(days=1) // timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Durations:
    """Of so many deals, days; None of none.

    The median of an even number is the mean of the middle two. The 90th percentile lies nine tenths of the way from the
    first to the last, between two neighbours in proportion (method 7 of Hyndman and Fan 1996, that of spreadsheets and of
    percentile_cont in SQL).
    """

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
        low, rest = divmod(9 * (cell.deals - 1), 10)
        tail = cell.values[low] * (10 - rest) + cell.values[min(low + 1, cell.deals - 1)] * rest
        return cls(deals=cell.deals, total=cell.total, median_days=cell.median / DAY, p90_days=tail / (10 * DAY))


def places(count: int) -> Iterable[int]:
    """Say where in so many values Durations looks."""
    low = 9 * (count - 1) // 10
    return {*middle(count), low, min(low + 1, count - 1)}
