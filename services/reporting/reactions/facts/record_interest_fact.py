"""Hear of what a partner asked for, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.reactions.facts.documents import AmountHeard, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import interest_facts


@dataclass(frozen=True, kw_only=True)
class InterestHeard:
    """What reporting needs of an interest: its first event says what it is worth, its last one whether it was met."""

    interest_id: UUID
    partner_id: UUID
    amount: AmountHeard | None = None
    status: str = "OPEN"


def record_interest_fact(event: Heard, tx: Transaction) -> None:
    """Keep an interest, or what became of it."""
    heard = event.read(InterestHeard)
    money = money_row(heard.amount, tx.enterprise.base_currency)
    row = {
        "interest_id": heard.interest_id,
        "sequence": event.sequence,
        **times(event),
        "partner_id": heard.partner_id,
        "status": heard.status,
        "currency": money["currency"],
        "amount_minor": money["amount_minor"],
    }
    keep(tx.connection, interest_facts, row)
