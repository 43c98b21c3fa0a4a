"""By which instalments an order is paid for."""

from __future__ import annotations

from datetime import date

from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.payment_schedule import AT_SHIPMENT, Instalment


def instalments_of(tx: Transaction, deal: Deal, day: date) -> tuple[Instalment, ...]:
    """Give the instalments that hold for a deal's orders of a day."""
    return AT_SHIPMENT
