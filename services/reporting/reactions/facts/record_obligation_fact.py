"""Hear of an obligation: what is owed by when, and what was fulfilled of it on which day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money
from chassis.store.database import Transaction
from services.reporting.reactions.facts.documents import AmountHeard, micro, money_row, times
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import obligation_facts

_PARTS = {"obligation.fulfilled": 1, "obligation.reopened": -1}


@dataclass(frozen=True, kw_only=True)
class ObligationHeard:
    """What reporting needs of an obligation's events: an amount or a quantity is owed, in whose unit parts are, too."""

    obligation_id: UUID
    deal_id: UUID
    debtor: str
    kind: str
    status: str
    amount: AmountHeard | None = None
    quantity: Decimal | None = None
    due_on: date
    original_due_on: date
    size: Decimal | None = None
    fulfilled_on: date | None = None


def record_obligation_fact(event: Heard, tx: Transaction) -> None:
    """Keep an obligation as it stands after an event, and what the event fulfils or takes back."""
    heard = event.read(ObligationHeard)
    amount = heard.amount
    money = money_row(amount, tx.enterprise.base_currency)

    def size_of(value: Decimal | None) -> int:
        value = value or Decimal(0)
        return Money.of(value, amount.currency).minor if amount is not None else micro(value)

    sign = _PARTS.get(event.type)
    row = {
        "obligation_id": heard.obligation_id,
        "sequence": event.sequence,
        **times(event),
        "deal_id": heard.deal_id,
        "debtor": heard.debtor,
        "kind": heard.kind,
        "cancelled": heard.status == "CANCELLED",
        "currency": money["currency"],
        "size": size_of(amount.amount if amount is not None else heard.quantity),
        "base_minor": money["base_minor"],
        "due_on": heard.due_on,
        "original_due_on": heard.original_due_on,
        "part": sign * size_of(heard.size) if sign else None,
        "fulfilled_on": heard.fulfilled_on if sign else None,
    }
    keep(tx.connection, obligation_facts, row)
