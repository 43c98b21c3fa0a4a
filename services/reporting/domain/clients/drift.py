"""How far what clients buy moves from one period to another: ½·Σ|share₁ − share₂| of spend by category, from 0 to 1.

It is the total variation distance of two distributions. The category of what is sold is its product, as long as products have no
categories of their own; what came back is taken off, and a category of which more came back than left counts as
nothing. Amounts that are not those of one product cannot be shared out and are told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from services.reporting.domain.clients.sales import Sale
from services.reporting.domain.ratio import Ratio


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """Spend by category in minor units, what belongs to no single one, and how many amounts had no rate."""

    by_category: Mapping[str, int]
    apart: int
    unconverted: int

    @property
    def total(self) -> int:
        """What is shared out over the categories."""
        return sum(self.by_category.values())

    def share(self, category: str) -> Ratio:
        """Tell which part of the spend a category has."""
        return Ratio(numerator=self.by_category.get(category, 0), denominator=self.total)


def spend(sales: Iterable[Sale]) -> Spend:
    """Add up spend by category."""
    by_category: dict[str, int] = defaultdict(int)
    apart = unconverted = 0
    for sale in sales:
        if sale.base is None:
            unconverted += 1
        elif sale.product is None:
            apart += sale.base
        else:
            by_category[sale.product] += sale.base
    bought = {category: amount for category, amount in sorted(by_category.items()) if amount > 0}
    return Spend(by_category=bought, apart=apart, unconverted=unconverted)


def drift(earlier: Spend, later: Spend) -> Fraction | None:
    """Tell how far spend has moved; None where nothing was spent in one of the periods."""
    if not earlier.total or not later.total:
        return None
    categories = earlier.by_category.keys() | later.by_category.keys()
    moved = (
        abs(Fraction(earlier.by_category.get(c, 0), earlier.total) - Fraction(later.by_category.get(c, 0), later.total))
        for c in categories
    )
    return sum(moved, Fraction(0)) / 2
