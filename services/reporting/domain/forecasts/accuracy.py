"""How good forecasts were: accuracy, bias and calibration."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from services.reporting.domain.ratio import Ratio

BINS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A forecast and what was won, both in minor units."""

    forecast: int
    actual: int

    @property
    def accuracy(self) -> Ratio:
        """Give max(0, 1 − |F−A| / A); where nothing was won, 1 if nothing was forecast, else 0."""
        if self.actual == 0:
            return Ratio(numerator=int(self.forecast == 0), denominator=1)
        return Ratio(numerator=max(0, self.actual - abs(self.forecast - self.actual)), denominator=self.actual)

    @property
    def bias(self) -> Ratio:
        """Give (F−A) / A."""
        return Ratio(numerator=self.forecast - self.actual, denominator=self.actual)


def accuracy_of_all(compared: Iterable[Compared]) -> Ratio:
    """Give 1 − Σ|F−A| / ΣA, of several periods; it is below 0 where the forecasts were off by more than was won."""
    actual = off = 0
    for one in compared:
        actual += one.actual
        off += abs(one.forecast - one.actual)
    return Ratio(numerator=actual - off, denominator=actual)


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """So many deals of which the same was foretold, and whether they were won."""

    probability: Fraction
    won: bool
    deals: int


@dataclass(slots=True)
class Bin:
    """Deals whose probability lay in a tenth: how many, the sum of what was foretold, how many were won."""

    deals: int = 0
    foretold: Fraction = field(default_factory=Fraction)
    won: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """The Brier score, the mean of (probability − outcome)², of deals that have closed; and how they lie in tenths."""

    deals: int
    brier: Fraction | None
    bins: Sequence[Bin]


def calibration(foretold: Iterable[Foretold]) -> Calibration:
    """Compare probabilities with what became of the deals; the last tenth holds certainty too."""
    bins = [Bin() for _ in range(BINS)]
    deals, off = 0, Fraction()
    for told in foretold:
        deals += told.deals
        off += (told.probability - told.won) ** 2 * told.deals
        one = bins[min(BINS - 1, int(told.probability * BINS))]
        one.deals += told.deals
        one.foretold += told.probability * told.deals
        one.won += told.deals if told.won else 0
    return Calibration(deals=deals, brier=off / deals if deals else None, bins=bins)
