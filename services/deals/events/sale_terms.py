"""What is told of sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from chassis.events import Published
from services.deals.domain.sale_terms import SaleTerms


@dataclass(frozen=True, kw_only=True)
class SaleTermsRegistered(Published, type="sale_terms.registered", subject="terms_id"):
    """Sale terms for a client, or for one of their deals, are registered."""

    terms_id: UUID
    partner_id: UUID
    deal_id: UUID | None
    currency: str
    valid_from: date
    valid_to: date | None


def terms_told(terms: SaleTerms, occurred_at: datetime) -> SaleTermsRegistered:
    """Make the event for new sale terms."""
    return SaleTermsRegistered(
        sequence=1,
        occurred_at=occurred_at,
        terms_id=terms.id,
        partner_id=terms.partner_id,
        deal_id=terms.deal_id,
        currency=terms.currency,
        valid_from=terms.valid_from,
        valid_to=terms.valid_to,
    )
