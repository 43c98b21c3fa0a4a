"""What is told of sale terms."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.sale_terms import DeliveryTerms, SaleTerms


@dataclass(frozen=True, kw_only=True)
class OfTerms:
    """What is told of terms of every kind; the minimum sum is in their currency."""

    terms_id: UUID
    currency: str
    valid_from: date
    valid_to: date | None
    discount_percent: Decimal | None
    max_discount_percent: Decimal | None
    delivery_terms: DeliveryTerms | None
    minimum_sum: Decimal | None


@dataclass(frozen=True, kw_only=True)
class SaleTermsRegistered(OfTerms, Published, type="sale_terms.registered", subject="terms_id"):
    """Individual sale terms, for a client or for one of their deals, are registered."""

    partner_id: UUID
    deal_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class TypicalTermsRegistered(OfTerms, Published, type="typical_terms.registered", subject="terms_id"):
    """Typical sale terms, for the partners of a segment, are registered."""

    segment_id: UUID


@dataclass(frozen=True, kw_only=True)
class SaleTermsClosed(Published, type="sale_terms.closed", subject="terms_id"):
    """Sale terms of any kind end on a day, earlier than was agreed."""

    terms_id: UUID
    partner_id: UUID | None
    deal_id: UUID | None
    segment_id: UUID | None
    last_day: date


def terms_told(terms: SaleTerms, occurred_at: datetime) -> Published:
    """Make the event for new sale terms."""
    content = terms.content
    told: dict[str, Any] = {
        "sequence": terms.version,
        "occurred_at": occurred_at,
        "terms_id": terms.id,
        "currency": content.currency,
        "valid_from": content.valid_from,
        "valid_to": content.valid_to,
        "discount_percent": content.discount_percent,
        "max_discount_percent": content.max_discount_percent,
        "delivery_terms": content.delivery_terms,
        "minimum_sum": content.minimum_sum,
    }
    if terms.segment_id is not None:
        return TypicalTermsRegistered(**told, segment_id=terms.segment_id)
    assert terms.partner_id is not None
    return SaleTermsRegistered(**told, partner_id=terms.partner_id, deal_id=terms.deal_id)


def terms_closed(terms: SaleTerms, occurred_at: datetime) -> SaleTermsClosed:
    """Make the event for terms that were closed: they have a last day."""
    last_day = terms.content.valid_to
    assert last_day is not None
    return SaleTermsClosed(
        sequence=terms.version,
        occurred_at=occurred_at,
        terms_id=terms.id,
        partner_id=terms.partner_id,
        deal_id=terms.deal_id,
        segment_id=terms.segment_id,
        last_day=last_day,
    )
