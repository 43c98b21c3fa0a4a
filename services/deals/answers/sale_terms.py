"""Sale terms, as they are answered."""

from __future__ import annotations

from decimal import Decimal

from chassis.wire import Json
from services.deals.answers.documents import percent
from services.deals.domain.sale_terms import SaleTerms


def terms_json(terms: SaleTerms) -> Json:
    """Give sale terms."""
    content, minimum = terms.content, terms.minimum
    return {
        "id": terms.id,
        "version": terms.version,
        "kind": "TYPICAL" if terms.segment_id is not None else "INDIVIDUAL",
        "partner_id": terms.partner_id,
        "deal_id": terms.deal_id,
        "segment_id": terms.segment_id,
        "name": content.name,
        "currency": content.currency,
        "valid_from": content.valid_from,
        "valid_to": content.valid_to,
        "price_type": content.price_type,
        "discount_percent": _percent(content.discount_percent),
        "max_discount_percent": _percent(content.max_discount_percent),
        "payment_schedule": [
            {"percent": percent(stage.percent), "offset_days": stage.offset_days, "basis": stage.basis}
            for stage in content.payment_schedule
        ],
        "delivery_terms": content.delivery_terms,
        "minimum_sum": minimum.to_json() if minimum else None,
    }


def _percent(value: Decimal | None) -> str | None:
    return None if value is None else percent(value)
