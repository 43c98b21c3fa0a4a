"""What is told of obligations: enough to tell, from these alone, how punctually each side keeps them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from chassis.money import Money
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.lines import QUANTITY_DIGITS
from services.deals.domain.obligation import (
    Debtor,
    Obligation,
    ObligationChange,
    ObligationFact,
    ObligationKind,
    ObligationStatus,
)
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OfObligation(OfDocument):
    """What every event of an obligation carries: the obligation as it stands after the event.

    What is owed is an amount of money, or a quantity; `fulfilled` is how much of it is fulfilled by now, in the same unit.
    """

    obligation_id: UUID
    order_id: UUID | None
    shipment_id: UUID | None
    debtor: Debtor
    kind: ObligationKind
    status: ObligationStatus
    amount: AmountTold | None
    quantity: Decimal | None
    fulfilled: Decimal
    due_on: date
    original_due_on: date


@dataclass(frozen=True, kw_only=True)
class ObligationRegistered(OfObligation, Published, type="obligation.registered", subject="obligation_id"):
    """Somebody owes something by a day."""


@dataclass(frozen=True, kw_only=True)
class ObligationChanged(OfObligation, Published, type="obligation.changed", subject="obligation_id"):
    """It is more or less than before that is owed."""


@dataclass(frozen=True, kw_only=True)
class ObligationRescheduled(OfObligation, Published, type="obligation.rescheduled", subject="obligation_id"):
    """It is due on another day; punctuality is measured by the original one."""

    previous_due_on: date


@dataclass(frozen=True, kw_only=True)
class ObligationCancelled(OfObligation, Published, type="obligation.cancelled", subject="obligation_id"):
    """It is owed no more."""


@dataclass(frozen=True, kw_only=True)
class ObligationFulfilled(OfObligation, Published, type="obligation.fulfilled", subject="obligation_id"):
    """A part of it, of `size`, was fulfilled on a day; a payment or a shipment did it, or somebody said so."""

    fulfilment_id: UUID
    size: Decimal
    fulfilled_on: date
    source_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class ObligationReopened(OfObligation, Published, type="obligation.reopened", subject="obligation_id"):
    """A part of it, of `size`, that counted as fulfilled on a day counts so no more."""

    fulfilment_id: UUID
    size: Decimal
    fulfilled_on: date
    source_id: UUID | None


def obligation_told(
    deal: Deal, obligation: Obligation, fact: ObligationFact, amount: Amount | None, occurred_at: datetime
) -> Published:
    """Make the event for a fact about an obligation; `amount` is what was owed by then, where money was."""
    told: dict[str, Any] = {
        **of_document(deal),
        "sequence": fact.sequence,
        "occurred_at": occurred_at,
        "obligation_id": obligation.id,
        "order_id": obligation.origin.order_id,
        "shipment_id": obligation.origin.shipment_id,
        "debtor": obligation.debtor,
        "kind": obligation.kind,
        "status": fact.status,
        "amount": amount_told(amount),
        "quantity": None if obligation.currency else in_units(fact.size, None),
        "fulfilled": in_units(fact.fulfilled, obligation.currency),
        "due_on": fact.due_on,
        "original_due_on": obligation.original_due_on,
    }
    if fact.previous_due_on is not None:
        return ObligationRescheduled(**told, previous_due_on=fact.previous_due_on)
    if fact.fulfilment is None:
        return _plain(fact.change, told)
    part = fact.fulfilment
    told |= {
        "fulfilment_id": part.id,
        "size": in_units(abs(part.size), obligation.currency),
        "fulfilled_on": part.fulfilled_on,
        "source_id": part.source_id,
    }
    return ObligationFulfilled(**told) if part.size > 0 else ObligationReopened(**told)


def _plain(change: ObligationChange, told: dict[str, Any]) -> Published:
    match change:
        case ObligationChange.REGISTERED:
            return ObligationRegistered(**told)
        case ObligationChange.CANCELLED:
            return ObligationCancelled(**told)
        case _:
            return ObligationChanged(**told)


def in_units(size: int, currency: str | None) -> Decimal:
    """Give a size in major units of a currency, or as a quantity."""
    if currency is not None:
        return Money(minor=size, currency=currency).amount
    return Decimal(size).scaleb(-QUANTITY_DIGITS).normalize() + 0
