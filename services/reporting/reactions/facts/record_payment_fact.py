"""Hear of money that came, or went back."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.reactions.facts.documents import AmountHeard, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import payment_facts


@dataclass(frozen=True, kw_only=True)
class PaymentHeard:
    """What reporting needs of a payment's events."""

    payment_id: UUID
    deal_id: UUID
    amount: AmountHeard | None = None


def record_payment_fact(event: Heard, tx: Transaction) -> None:
    """Keep a payment, or that it was reversed."""
    heard = event.read(PaymentHeard)
    row = {
        "payment_id": heard.payment_id,
        "sequence": event.sequence,
        **times(event),
        "deal_id": heard.deal_id,
        "reversed": event.type == "payment.reversed",
        **money_row(heard.amount, tx.enterprise.base_currency),
    }
    keep(tx.connection, payment_facts, row)
