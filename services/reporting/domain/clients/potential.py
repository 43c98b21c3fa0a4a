"""What clients could bring: deals in progress, the same by their chance, and what was asked for and not sold.

None of these is added to another, nor to what is realised: they overlap, and they are not of one certainty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from services.reporting.domain.clients.sales import ClientDeal
from services.reporting.domain.deals.history import Outcome


@dataclass(slots=True, kw_only=True)
class Pipeline:
    """Deals in progress in minor units of the base currency; those without an amount or a chance are counted apart."""

    deals: int = 0
    amount: int = 0
    weighted: Fraction = Fraction(0)
    unconverted: int = 0
    without_amount: int = 0
    without_probability: int = 0


def pipeline(deals: Iterable[ClientDeal], probabilities: Mapping[tuple[UUID, str], Fraction]) -> Pipeline:
    """Add up deals in progress: weighted = Σ amount × probability.

    That is the deal's own, else that of its stage in the deal's version of its process.
    """
    total = Pipeline()
    for deal in deals:
        if deal.outcome is not Outcome.IN_PROGRESS:
            continue
        total.deals += 1
        probability = deal.probability
        if probability is None and deal.stage is not None:
            probability = probabilities.get((deal.process_id, deal.stage))
        if deal.base is None:
            total.unconverted += deal.unconverted
            total.without_amount += not deal.unconverted
            continue
        total.amount += deal.base
        if probability is None:
            total.without_probability += 1
        else:
            total.weighted += deal.base * probability
    return total
