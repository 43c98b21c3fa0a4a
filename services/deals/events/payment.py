"""What is told of payments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from chassis.events import Published
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.payment import Payment
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OfPayment(OfDocument):
    """What every event of a payment carries."""

    payment_id: UUID
    order_id: UUID | None
    amount: AmountTold | None
    paid_on: date


@dataclass(frozen=True, kw_only=True)
class PaymentRegistered(OfPayment, Published, type="payment.registered", subject="payment_id"):
    """Money came from a client."""


@dataclass(frozen=True, kw_only=True)
class PaymentReversed(OfPayment, Published, type="payment.reversed", subject="payment_id"):
    """Money that came went back: what it fulfilled is reopened."""

    reversed_on: date


def payment_told(deal: Deal, payment: Payment, amount: Amount, occurred_at: datetime) -> Published:
    """Make the event for a payment, or for its reversal if it is reversed."""
    told: dict[str, Any] = {
        **of_document(deal),
        "sequence": payment.version,
        "occurred_at": occurred_at,
        "payment_id": payment.id,
        "order_id": payment.order_id,
        "amount": amount_told(amount),
        "paid_on": payment.paid_on,
    }
    if payment.reversed_on is None:
        return PaymentRegistered(**told)
    return PaymentReversed(**told, reversed_on=payment.reversed_on)
