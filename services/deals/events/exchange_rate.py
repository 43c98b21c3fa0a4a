"""What is told of exchange rates, and of deals that they give another base amount."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Published
from services.deals.domain.deal import Deal
from services.deals.events.deal import OfDeal, of_deal


@dataclass(frozen=True, kw_only=True)
class ExchangeRateRegistered(Published, type="exchange_rate.registered", subject="rate_id"):
    """A currency's rate of a day is known, or was corrected: units of the base currency for one of the currency."""

    rate_id: UUID
    currency: str
    base_currency: str
    rate_on: date
    rate: Decimal


@dataclass(frozen=True, kw_only=True)
class DealRevalued(OfDeal, Published, type="deal.revalued", subject="deal_id"):
    """A rate gave a deal another base amount; it occurred when the deal had got its amount, or was closed."""


def revaluation_told(deal: Deal) -> DealRevalued:
    """Make the event for a deal that was given another base amount."""
    return DealRevalued(**of_deal(deal), sequence=deal.version, occurred_at=deal.valued_at or deal.last_fact_at)
