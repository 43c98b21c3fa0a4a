"""What is told of customer orders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from chassis.money import Money
from services.deals.domain.amount import Amount
from services.deals.domain.customer_order import CustomerOrder, OrderLine
from services.deals.domain.deal import Deal
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class OrderLineTold:
    """A line of an order in an event; the amount holds its tax and is in the order's currency."""

    line: int
    product: str
    quantity: Decimal
    amount: Decimal
    promised_on: date | None


@dataclass(frozen=True, kw_only=True)
class OfCustomerOrder(OfDocument):
    """What every event of a customer order carries: the order as it stands after the event."""

    order_id: UUID
    proposal_id: UUID | None
    amount: AmountTold | None
    ordered_on: date
    payment_due_on: date | None
    lines: tuple[OrderLineTold, ...]


@dataclass(frozen=True, kw_only=True)
class CustomerOrderConfirmed(OfCustomerOrder, Published, type="customer_order.confirmed", subject="order_id"):
    """An order of a client is agreed on."""


@dataclass(frozen=True, kw_only=True)
class CustomerOrderChanged(OfCustomerOrder, Published, type="customer_order.changed", subject="order_id"):
    """What was agreed on has changed."""


@dataclass(frozen=True, kw_only=True)
class CustomerOrderCancelled(OfCustomerOrder, Published, type="customer_order.cancelled", subject="order_id"):
    """An order that was agreed on is taken back."""


@dataclass(frozen=True, kw_only=True)
class CustomerOrderClosed(OfCustomerOrder, Published, type="customer_order.closed", subject="order_id"):
    """All of an order is shipped and paid."""


@dataclass(frozen=True, kw_only=True)
class CustomerOrderReopened(OfCustomerOrder, Published, type="customer_order.reopened", subject="order_id"):
    """Of an order that was shipped and paid, goods came back or money was taken back."""


def order_told(
    kind: type[OfCustomerOrder], deal: Deal, order: CustomerOrder, amount: Amount, occurred_at: datetime
) -> Published:
    """Make an event of an order, which is worth `amount`."""
    told: dict[str, Any] = {
        **of_document(deal),
        "sequence": order.version,
        "occurred_at": occurred_at,
        "order_id": order.id,
        "proposal_id": order.proposal_id,
        "amount": amount_told(amount),
        "ordered_on": order.ordered_on,
        "payment_due_on": order.payment_due_on,
        "lines": tuple(_line_told(order, one) for one in order.lines),
    }
    event: Any = kind(**told)
    assert isinstance(event, Published)
    return event


def _line_told(order: CustomerOrder, one: OrderLine) -> OrderLineTold:
    line = one.line
    return OrderLineTold(
        line=one.number,
        product=line.product,
        quantity=line.quantity,
        amount=Money(minor=line.gross, currency=line.price.currency).amount,
        promised_on=order.promised(one),
    )
