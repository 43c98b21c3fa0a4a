"""Supplier orders (заказ поставщику): what is bought for customer orders, and linked back to their lines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from chassis.money import LARGEST_MINOR, Money
from services.deals.domain.kinds import SUPPLIER_ORDER
from services.deals.domain.lines import Line


class SupplierOrderStatus(StrEnum):
    """How far a supplier order is."""

    PLACED = "PLACED"
    PARTLY_RECEIVED = "PARTLY_RECEIVED"
    RECEIVED = "RECEIVED"
    CANCELLED = "CANCELLED"
    """What had come by then stays; the rest is short again."""


@dataclass(frozen=True, kw_only=True)
class Shortage:
    """What is neither in stock nor on its way of a line of a customer order."""

    order_id: UUID
    line: int
    product: str
    quantity: Decimal


@dataclass(frozen=True, kw_only=True)
class SupplierLine:
    """What is bought for a line of a customer order, at a price where one is known."""

    number: int
    order_id: UUID
    order_line: int
    product: str
    quantity: Decimal
    price: Money | None = None
    received: Decimal = Decimal(0)

    @property
    def cost(self) -> int | None:
        """What the line costs in minor units, None where no price is known."""
        if self.price is None:
            return None
        return Line(product=self.product, quantity=self.quantity, price=self.price).gross

    @property
    def left(self) -> Decimal:
        """How much is still to come."""
        return self.quantity - self.received


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """What is to be bought of whom against a shortage."""

    shortage: Shortage
    supplier_id: UUID
    quantity: Decimal
    price: Money | None


@dataclass(kw_only=True)
class SupplierOrder:
    """An order with a supplier."""

    id: UUID
    deal_id: UUID
    supplier_id: UUID
    number: str
    ordered_on: date
    expected_on: date | None
    lines: tuple[SupplierLine, ...]
    status: SupplierOrderStatus = SupplierOrderStatus.PLACED
    version: int = 1

    @classmethod
    def place(
        cls,
        purchases: Sequence[Purchase],
        *,
        deal_id: UUID,
        supplier_id: UUID,
        number: str,
        ordered_on: date,
        expected_on: date | None,
    ) -> SupplierOrder:
        """Order from one supplier; raise Refused where the prices do not make one order."""
        lines = tuple(
            SupplierLine(
                number=place,
                order_id=one.shortage.order_id,
                order_line=one.shortage.line,
                product=one.shortage.product,
                quantity=one.quantity,
                price=one.price,
            )
            for place, one in enumerate(purchases, start=1)
        )
        currencies = sorted({one.price.currency for one in lines if one.price is not None})
        if len(currencies) > 1:
            message = f"one supplier is paid in one currency; these lines are in {', '.join(currencies)}"
            raise refuse("CURRENCY_MISMATCH", message, "lines")
        order = cls(
            id=new_id(SUPPLIER_ORDER),
            deal_id=deal_id,
            supplier_id=supplier_id,
            number=number,
            ordered_on=ordered_on,
            expected_on=expected_on,
            lines=lines,
        )
        if order.amount is not None and order.amount.minor > LARGEST_MINOR:
            raise refuse("INVALID_AMOUNT", "the lines are worth more than an amount may be", "lines")
        return order

    @property
    def amount(self) -> Money | None:
        """What the order costs, None where the price of a line is not known."""
        costs = [one.cost for one in self.lines]
        if any(cost is None for cost in costs):
            return None
        currency = next(one.price.currency for one in self.lines if one.price is not None)
        return Money(minor=sum(cost or 0 for cost in costs), currency=currency)

    def receive(self, goods: Sequence[tuple[int, Decimal]] | None) -> tuple[SupplierLine, ...]:
        """Take in goods, by the numbers of lines, or all that is left; give the lines, with what came now as quantity."""
        self._require_open()
        wanted = [(one.number, one.left) for one in self.lines if one.left] if goods is None else list(goods)
        came, problems = [], []
        for place, (number, quantity) in enumerate(wanted):
            try:
                came.append(self._take_in(number, quantity))
            except Refused as error:
                problems += [problem.under("lines", str(place)) for problem in error.problems]
        if problems:
            raise Refused(*problems)
        done = all(not one.left for one in self.lines)
        self.status = SupplierOrderStatus.RECEIVED if done else SupplierOrderStatus.PARTLY_RECEIVED
        self.version += 1
        return tuple(came)

    def cancel(self) -> tuple[SupplierLine, ...]:
        """Take the order back; give the lines of which something will not come."""
        self._require_open()
        self.status = SupplierOrderStatus.CANCELLED
        self.version += 1
        return tuple(one for one in self.lines if one.left)

    def require_version(self, expected: int | None) -> None:
        """Raise Refused with CONFLICT if the order has changed since somebody read it."""
        if expected is not None and expected != self.version:
            message = f"the order has changed since: its version is {self.version}, not {expected}; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")

    def _take_in(self, number: int, quantity: Decimal) -> SupplierLine:
        for one in self.lines:
            if one.number == number:
                if quantity > one.left:
                    message = f"of {one.quantity} ordered in line {number}, {one.left} are still to come"
                    raise refuse("OVER_RECEIPT", message, "quantity")
                received = replace(one, received=one.received + quantity)
                self.lines = tuple(received if other is one else other for other in self.lines)
                return replace(one, quantity=quantity)
        raise refuse("UNKNOWN_LINE", f"the order has no line {number}", "line")

    def _require_open(self) -> None:
        if self.status in (SupplierOrderStatus.RECEIVED, SupplierOrderStatus.CANCELLED):
            message = f"the supplier order is {self.status.lower()}; nothing more is to come of it"
            raise refuse("ORDER_CLOSED", message, "supplierOrder")


def uncovered(problems: Sequence[Shortage]) -> Refused:
    """Say of which lines nobody knows from whom to buy."""
    return Refused(
        *(
            Problem(
                code="SUPPLIER_REQUIRED",
                message=f"name a supplier for {one.product!r}: {one.quantity} are short in line {one.line}",
                field=("suppliers",),
                details=(one.product,),
            )
            for one in problems
        )
    )
