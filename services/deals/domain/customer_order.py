"""Customer orders (заказ клиента): what the client ordered within a deal, how much of it has left, and what is short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from chassis.errors import Problem, Refused, refuse
from chassis.ids import new_id
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.kinds import CUSTOMER_ORDER
from services.deals.domain.lines import Line, Totals
from services.deals.domain.moment import placed
from services.deals.domain.payment_schedule import AT_SHIPMENT, Basis, Instalment
from services.deals.domain.quantities import allowed
from services.deals.domain.shipment import GoodsLine
from services.deals.domain.supplier_order import Shortage

NOTHING = Decimal(0)


class OrderStatus(StrEnum):
    """How far an order is."""

    DRAFT = "DRAFT"
    CONFIRMED = "CONFIRMED"
    CLOSED = "CLOSED"
    """All of it is shipped and paid; a return or a reversed payment makes it CONFIRMED again."""
    CANCELLED = "CANCELLED"


BINDING = frozenset({OrderStatus.CONFIRMED, OrderStatus.CLOSED})
"""How an order stands that is agreed on."""


@dataclass(frozen=True, kw_only=True)
class OrderLine:
    """A line under its number, which it keeps when the order changes; `shipped` is less what came back."""

    number: int
    line: Line
    in_stock: Decimal = NOTHING
    promised_on: date | None = None
    shipped: Decimal = NOTHING
    procured: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """How much is still to be shipped."""
        return self.line.quantity - self.shipped

    @property
    def shortage(self) -> Decimal:
        """How much is neither there nor on its way: what has left was there."""
        return max(NOTHING, self.line.quantity - max(self.in_stock + self.procured, self.shipped))

    def worth(self, quantity: Decimal) -> int:
        """What the first so many of the line cost, in minor units; the whole quantity costs what the line does."""
        return replace(self.line, quantity=quantity).gross

    def ship(self, quantity: Decimal) -> OrderLine:
        """Let goods leave; raise Refused if more would leave than was ordered."""
        if quantity > self.left:
            message = f"of {self.line.quantity} ordered in line {self.number}, {self.left} are left to ship"
            raise refuse("OVER_SHIPMENT", message, "quantity")
        return replace(self, shipped=self.shipped + quantity)

    def take_back(self, quantity: Decimal) -> OrderLine:
        """Count goods that came back as not shipped."""
        return replace(self, shipped=self.shipped - quantity)


@dataclass(frozen=True, kw_only=True)
class WantedLine:
    """A line of an order as somebody wants it: a new one, or with a number one that is there already."""

    line: Line
    number: int | None = None
    in_stock: Decimal = NOTHING
    promised_on: date | None = None


@dataclass(kw_only=True)
class CustomerOrder:
    """An order; its agreed facts raise `version`, the goods that come and go do not."""

    id: UUID
    deal_id: UUID
    number: str
    ordered_on: date
    tax_included: bool = False
    version: int = 1
    status: OrderStatus = OrderStatus.DRAFT
    lines: tuple[OrderLine, ...] = ()
    promised_on: date | None = None
    payment_due_on: date | None = None
    proposal_id: UUID | None = None
    external_ref: ExternalRef | None = None
    confirmed_at: datetime | None = None
    instalments: tuple[Instalment, ...] = AT_SHIPMENT
    last_number: int = 0

    @classmethod
    def draft(
        cls,
        *,
        deal_id: UUID,
        number: str,
        ordered_on: date,
        lines: Sequence[WantedLine],
        tax_included: bool = False,
        promised_on: date | None = None,
        payment_due_on: date | None = None,
        proposal_id: UUID | None = None,
        external_ref: ExternalRef | None = None,
    ) -> CustomerOrder:
        """Make an order that nobody is bound by yet; raise Refused for lines that make no order."""
        order = cls(
            id=new_id(CUSTOMER_ORDER),
            deal_id=deal_id,
            number=number,
            ordered_on=ordered_on,
            tax_included=tax_included,
            promised_on=promised_on,
            payment_due_on=payment_due_on,
            proposal_id=proposal_id,
            external_ref=external_ref,
        )
        order._take_lines(lines)
        order._check_dates()
        return order

    @property
    def totals(self) -> Totals:
        """What the lines add up to."""
        return Totals.of([one.line for one in self.lines])

    @property
    def schedule(self) -> tuple[Instalment, ...]:
        """How it is paid for: all of it by the order's own day if it has one, else by the terms it was agreed on."""
        if self.payment_due_on is None:
            return self.instalments
        return (Instalment(percent=Decimal(100), offset_days=0, basis=Basis.ORDER),)

    @property
    def shipped_worth(self) -> int:
        """What the goods cost that are with the client, in minor units."""
        return sum(one.worth(one.shipped) for one in self.lines)

    @property
    def is_binding(self) -> bool:
        """Whether the order is agreed: confirmed, or closed since."""
        return self.status in BINDING

    @property
    def is_shipped(self) -> bool:
        """Whether nothing is left to ship."""
        return all(one.left == 0 for one in self.lines)

    def line(self, number: int) -> OrderLine:
        """Find a line by its number; raise Refused if there is none."""
        for one in self.lines:
            if one.number == number:
                return one
        known = ", ".join(str(one.number) for one in self.lines)
        raise refuse("UNKNOWN_LINE", f"the order has no line {number}; it has {known}", "line")

    def promised(self, one: OrderLine) -> date | None:
        """Tell by when a line is promised: by its own day, else by the order's."""
        return one.promised_on or self.promised_on

    def require_version(self, expected: int | None) -> None:
        """Raise Refused with CONFLICT if the order has changed since somebody read it."""
        if expected is not None and expected != self.version:
            message = f"the order has changed since: its version is {self.version}, not {expected}; read it again"
            raise refuse("CONFLICT", message, "expectedVersion")

    def confirm(
        self, instalments: tuple[Instalment, ...], *, at: datetime | None, now: datetime, after: datetime
    ) -> datetime:
        """Agree on the order, to be paid for by instalments; give the moment of it."""
        if self.status is not OrderStatus.DRAFT:
            raise refuse("NOT_A_DRAFT", f"the order is {self.status.lower()}; only a draft is confirmed", "order")
        self.confirmed_at = placed(at, now=now, after=after)
        self.status = OrderStatus.CONFIRMED
        self.instalments = instalments
        self.version += 1
        return self.confirmed_at

    def change(
        self,
        *,
        lines: Sequence[WantedLine] | None,
        promised_on: date | None,
        payment_due_on: date | None,
    ) -> bool:
        """Change a draft or a confirmed order to what is wanted; tell whether anything differs from before."""
        if self.status not in (OrderStatus.DRAFT, OrderStatus.CONFIRMED):
            raise refuse("ORDER_CLOSED", f"the order is {self.status.lower()} and changes no more", "order")
        before = (self.lines, self.promised_on, self.payment_due_on)
        if (payment_due_on is None) != (self.payment_due_on is None) and any(one.shipped for one in self.lines):
            message = "goods are with the client and what is due for them stands; reschedule the obligations instead"
            raise refuse("GOODS_SHIPPED", message, "paymentDueOn")
        self.promised_on, self.payment_due_on = promised_on, payment_due_on
        if lines is not None:
            self._take_lines(lines)
        self._check_dates()
        if before == (self.lines, self.promised_on, self.payment_due_on):
            return False
        self.version += 1
        return True

    def cancel(self) -> None:
        """Take the order back; raise Refused if goods of it are with the client."""
        if self.status is OrderStatus.CANCELLED:
            raise refuse("ALREADY_CANCELLED", "the order is cancelled already", "order")
        if any(one.shipped for one in self.lines):
            raise refuse(
                "ORDER_SHIPPED", "goods of the order are with the client; register their return first", "order"
            )
        self.status = OrderStatus.CANCELLED
        self.version += 1

    def conclude(self, *, paid: bool) -> bool:
        """Close an order that is shipped and paid, open it again when it is so no more; tell whether it changed."""
        if not self.is_binding:
            return False
        status = OrderStatus.CLOSED if paid and self.is_shipped else OrderStatus.CONFIRMED
        if status is self.status:
            return False
        self.status = status
        self.version += 1
        return True

    def ship(self, number: int, quantity: Decimal) -> GoodsLine:
        """Let so much of a line leave; raise Refused if the order is not agreed on, or as much is not left."""
        if not self.is_binding:
            raise refuse(
                "NOT_CONFIRMED", f"the order is {self.status.lower()}; goods leave for a confirmed one", "order"
            )
        before = self.line(number)
        return self._moved(before, before.ship(quantity))

    def take_back(self, number: int, quantity: Decimal) -> GoodsLine:
        """Count so much of a line that came back as not shipped."""
        before = self.line(number)
        return self._moved(before, before.take_back(quantity))

    def ship_rest(self) -> list[GoodsLine]:
        """Let all leave that is left."""
        return [self.ship(one.number, one.left) for one in self.lines if one.left]

    def procure(self, number: int, quantity: Decimal) -> None:
        """Count so much of a line as on its way from a supplier; less than nothing is not coming after all."""
        one = self.line(number)
        self.put(replace(one, procured=one.procured + quantity))

    def shortage(self) -> list[Shortage]:
        """Tell what is neither in stock nor on its way."""
        return [
            Shortage(order_id=self.id, line=one.number, product=one.line.product, quantity=one.shortage)
            for one in self.lines
            if one.shortage
        ]

    def put(self, changed: OrderLine) -> None:
        """Put a changed line into its place."""
        self.lines = tuple(changed if one.number == changed.number else one for one in self.lines)

    def _moved(self, before: OrderLine, after: OrderLine) -> GoodsLine:
        self.put(after)
        return GoodsLine(
            order_id=self.id,
            line=before.number,
            product=before.line.product,
            quantity=abs(after.shipped - before.shipped),
            worth=abs(after.worth(after.shipped) - before.worth(before.shipped)),
        )

    def _take_lines(self, wanted: Sequence[WantedLine]) -> None:
        known = {one.number: one for one in self.lines}
        taken, problems = self._matched(wanted, known)
        kept = {one.number for one in taken} | {one.number for one in wanted}
        problems += [
            Problem(code="LINE_IN_USE", message=f"line {one.number} is shipped or on order; keep it", field=("lines",))
            for one in self.lines
            if one.number not in kept and (one.shipped or one.procured)
        ]
        if problems:
            raise Refused(*problems)
        Totals.of([one.line for one in taken])
        self.lines = tuple(sorted(taken, key=lambda one: one.number))
        self.last_number = max([self.last_number, *(one.number for one in taken)])

    def _matched(
        self, wanted: Sequence[WantedLine], known: Mapping[int, OrderLine]
    ) -> tuple[list[OrderLine], list[Problem]]:
        """Make the lines that are wanted of those that are there; with what stands against any of them."""
        taken: list[OrderLine] = []
        problems: list[Problem] = []
        numbers: set[int] = set()
        last = self.last_number
        for place, one in enumerate(wanted):
            try:
                allowed(one.in_stock, "inStock")
                if one.number is None:
                    last += 1
                    taken.append(
                        OrderLine(number=last, line=one.line, in_stock=one.in_stock, promised_on=one.promised_on)
                    )
                    continue
                if one.number in numbers:
                    raise refuse("LINE_TWICE", f"line {one.number} is given twice", "line")
                numbers.add(one.number)
                taken.append(_renewed(known.get(one.number), one))
            except Refused as error:
                problems += [problem.under("lines", str(place)) for problem in error.problems]
        return taken, problems

    def _check_dates(self) -> None:
        promised = [("promisedOn", self.promised_on), ("paymentDueOn", self.payment_due_on)]
        of_lines = [("lines", one.promised_on) for one in self.lines]
        problems = [
            Problem(
                code="INVALID_DATE", message=f"{day} is before the order itself, of {self.ordered_on}", field=(name,)
            )
            for name, day in promised + of_lines
            if day is not None and day < self.ordered_on
        ]
        if problems:
            raise Refused(*problems)


def _renewed(before: OrderLine | None, wanted: WantedLine) -> OrderLine:
    if before is None:
        raise refuse(
            "UNKNOWN_LINE", f"the order has no line {wanted.number}; leave the number out for a new one", "line"
        )
    if before.shipped:
        if wanted.line.quantity < before.shipped:
            message = f"{before.shipped} of it are shipped; it cannot be less"
            raise refuse("QUANTITY_SHIPPED", message, "quantity")
        if replace(wanted.line, quantity=before.line.quantity) != before.line:
            message = "goods of this line are shipped: only its quantity and dates can change"
            raise refuse("LINE_SHIPPED", message, "line")
    return replace(before, line=wanted.line, in_stock=wanted.in_stock, promised_on=wanted.promised_on)
