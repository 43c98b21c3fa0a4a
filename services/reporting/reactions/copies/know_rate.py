"""Hear of exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import rate_facts


@dataclass(frozen=True, kw_only=True)
class RateHeard:
    """What reporting needs of a rate."""

    rate_id: UUID
    currency: str
    rate_on: date
    rate: Decimal


def know_rate(event: Heard, tx: Transaction) -> None:
    """Keep a rate."""
    heard = event.read(RateHeard)
    row = {
        "rate_id": heard.rate_id,
        "sequence": event.sequence,
        "currency": heard.currency,
        "rate_on": heard.rate_on,
        "rate": str(heard.rate),
        "recorded_at": event.recorded_at,
    }
    keep(tx.connection, rate_facts, row)
