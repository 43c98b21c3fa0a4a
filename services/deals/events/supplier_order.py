"""What is told of supplier orders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Published
from chassis.money import Money
from services.deals.domain.amount import Amount
from services.deals.domain.deal import Deal
from services.deals.domain.supplier_order import SupplierLine, SupplierOrder
from services.deals.events.deal import AmountTold, amount_told
from services.deals.events.document import OfDocument, of_document


@dataclass(frozen=True, kw_only=True)
class SupplierLineTold:
    """So much of a line of a supplier order, and the line of the customer order that it is for.

    `amount` is what that costs in the currency of the order; null where not every price of the order is known.
    """

    line: int
    order_id: UUID
    order_line: int
    product: str
    quantity: Decimal
    amount: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class OfSupplierOrder(OfDocument):
    """What every event of a supplier order carries; `lines` are what was ordered, came, or will not come."""

    supplier_order_id: UUID
    supplier_id: UUID
    amount: AmountTold | None
    lines: tuple[SupplierLineTold, ...]


@dataclass(frozen=True, kw_only=True)
class SupplierOrderPlaced(OfSupplierOrder, Published, type="supplier_order.placed", subject="supplier_order_id"):
    """Goods that are short are ordered from a supplier."""

    ordered_on: date
    expected_on: date | None


@dataclass(frozen=True, kw_only=True)
class SupplierOrderReceived(OfSupplierOrder, Published, type="supplier_order.received", subject="supplier_order_id"):
    """Goods came from a supplier; `complete` when nothing more is to come."""

    received_on: date
    complete: bool


@dataclass(frozen=True, kw_only=True)
class SupplierOrderCancelled(OfSupplierOrder, Published, type="supplier_order.cancelled", subject="supplier_order_id"):
    """What had not come yet of a supplier order will not come."""


def of_supplier_order(
    deal: Deal, order: SupplierOrder, lines: Iterable[SupplierLine], amount: Amount | None, occurred_at: datetime
) -> dict[str, Any]:
    """Give the fields of OfSupplierOrder, and those of every event."""
    return {
        **of_document(deal),
        "sequence": order.version,
        "occurred_at": occurred_at,
        "supplier_order_id": order.id,
        "supplier_id": order.supplier_id,
        "amount": amount_told(amount),
        "lines": tuple(
            SupplierLineTold(
                line=one.number,
                order_id=one.order_id,
                order_line=one.order_line,
                product=one.product,
                quantity=one.quantity,
                amount=_cost_told(one, amount),
            )
            for one in lines
        ),
    }


def _cost_told(one: SupplierLine, total: Amount | None) -> Decimal | None:
    if total is None or one.cost is None:
        return None
    return Money(minor=one.cost, currency=total.money.currency).amount
