"""Shipments (отгрузка) and returns: the one that completes what was ordered is the successful end of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from chassis.money import Money
from services.deals.domain.kinds import RETURN

DOCUMENTS_DUE_DAYS = 14
"""How many days a client has to send the signed papers of a shipment back, unless another day is agreed on."""


@dataclass(frozen=True, kw_only=True)
class GoodsLine:
    """So much of a line of an order, and what it is worth in minor units."""

    order_id: UUID
    line: int
    product: str
    quantity: Decimal
    worth: int
    returned: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Shipment:
    """A shipment within a deal; `sequence` is the deal's version after it.

    One that was registered without saying what was in it has neither lines nor amount.
    """

    id: UUID
    deal_id: UUID
    sequence: int
    number: str
    shipped_on: date
    complete: bool
    occurred_at: datetime
    lines: tuple[GoodsLine, ...] = ()
    amount: Money | None = None

    @property
    def order_id(self) -> UUID | None:
        """The order that the goods are of, where it is one."""
        orders = {one.order_id for one in self.lines}
        return orders.pop() if len(orders) == 1 else None

    def documents_due_on(self) -> date:
        """Tell by when its signed papers are due."""
        return self.shipped_on + timedelta(days=DOCUMENTS_DUE_DAYS)

    def goods(self, order_id: UUID | None, line: int) -> GoodsLine:
        """Find the goods of an order's line; raise Refused if none were in the shipment, or it is not said of which order."""
        found = [one for one in self.lines if one.line == line and order_id in (None, one.order_id)]
        if not found:
            raise refuse("UNKNOWN_LINE", f"the shipment has no goods of line {line}", "line")
        if len(found) > 1:
            raise refuse(
                "ORDER_REQUIRED", f"goods of line {line} of several orders were shipped; name the order", "order"
            )
        return found[0]


@dataclass(frozen=True, kw_only=True)
class Return:
    """Goods of a shipment that came back."""

    id: UUID
    deal_id: UUID
    shipment_id: UUID
    number: str
    returned_on: date
    lines: tuple[GoodsLine, ...]
    amount: Money

    @classmethod
    def of(cls, shipment: Shipment, *, number: str, returned_on: date, lines: tuple[GoodsLine, ...]) -> Return:
        """Make a return; raise Refused if it is before its shipment."""
        if returned_on < shipment.shipped_on:
            message = f"the goods left on {shipment.shipped_on}; they cannot have come back before"
            raise refuse("RETURNED_BEFORE_SHIPPED", message, "returnedOn")
        assert shipment.amount is not None
        worth = sum(one.worth for one in lines)
        return cls(
            id=new_id(RETURN),
            deal_id=shipment.deal_id,
            shipment_id=shipment.id,
            number=number,
            returned_on=returned_on,
            lines=lines,
            amount=Money(minor=worth, currency=shipment.amount.currency),
        )
