"""By which instalments an order is paid for."""

from __future__ import annotations

from datetime import date

from chassis.store.database import Transaction
from services.deals.domain.deal import Deal
from services.deals.domain.payment_schedule import AT_SHIPMENT, Instalment
from services.deals.storage.terms import terms_in_force


def instalments_of(tx: Transaction, deal: Deal, day: date) -> tuple[Instalment, ...]:
    """Give the instalments that hold for a deal's orders of a day, by the sale terms in force if these say so."""
    terms = terms_in_force(tx.connection, deal, day)
    return (terms.content.payment_schedule if terms else ()) or AT_SHIPMENT
