"""What was sold to clients, and what it brought: one meaning of revenue and of a sale for every figure of clients.

A deal whose shipments say what was in them is told by them: its revenue is what was shipped less what came back, each on its own
day, and each order of which something was shipped is one sale. Any other deal that is won is one sale of its amount, on
the day it was won. Amounts are as documents state them, with tax, in the base currency.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from services.reporting.domain.deals.history import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientDeal:
    """A deal as it stood at a moment; `unconverted`: it has an amount for which no rate is known.

    `probability` is the deal's own, where somebody gave it one.
    """

    id: UUID
    partner_id: UUID | None
    outcome: Outcome
    closed_at: datetime | None
    process_id: UUID
    stage: str | None
    base: int | None
    unconverted: bool
    products: tuple[str, ...]
    probability: Fraction | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goods:
    """So much of a line of an order that left, or came back; `quantity` is in millionths, `base` in minor units."""

    order_id: UUID
    line: int
    product: str
    quantity: int
    base: int | None
    returned: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """So much that was bought for a line of an order, and what it cost; of what was cancelled only how much."""

    order_id: UUID
    line: int
    quantity: int
    base: int | None
    cancelled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """What was sold of one thing within one order at a moment; less than nothing where it came back.

    `order` is a customer's order, or the deal where none is known. `base` is None where no rate is known, `cost` where no
    cost is; `product` is None where an amount is not that of one product.
    """

    order: UUID
    at: datetime
    product: str | None
    base: int | None
    cost: int | None
    returned: bool


@dataclass(slots=True, kw_only=True)
class Realised:
    """What sales add up to, in minor units of the base currency; `costed` is the revenue whose cost is known."""

    revenue: int = 0
    unconverted: int = 0
    orders: int = 0
    costs_known: int = 0
    costed: int = 0
    cost: int = 0

    @property
    def margin(self) -> int | None:
        """What is left of the revenue whose cost is known; None where no cost is."""
        return self.costed - self.cost if self.costs_known else None


def sales_of(survivor: ClientDeal, goods: Iterable[Goods], supplies: Iterable[Supply]) -> list[Sale]:
    """Tell what was sold in a deal and those that were merged into it, whose documents all are these."""
    goods = list(goods)
    if goods:
        units = _unit_costs(goods, supplies)
        return [_sale(one, units.get((one.order_id, one.line))) for one in goods]
    if survivor.outcome is not Outcome.WON or survivor.closed_at is None:
        return []
    product = survivor.products[0] if len(survivor.products) == 1 else None
    base = None if survivor.unconverted else survivor.base or 0
    return [Sale(order=survivor.id, at=survivor.closed_at, product=product, base=base, cost=None, returned=False)]


def realised(sales: Iterable[Sale]) -> Realised:
    """Add sales up; an order counts once, whatever came back of it."""
    total, orders = Realised(), set[UUID]()
    for sale in sales:
        if not sale.returned:
            orders.add(sale.order)
        if sale.base is None:
            total.unconverted += 1
            continue
        total.revenue += sale.base
        if sale.cost is not None:
            total.costs_known += 1
            total.costed += sale.base
            total.cost += sale.cost
    total.orders = len(orders)
    return total


def shared_out(whole: int | None, parts: Sequence[int]) -> list[int | None]:
    """Share a sum out over parts by their size, so that the shares add up to it; none of what is not known."""
    if whole is None:
        return [None] * len(parts)
    total, before, shares = sum(parts), 0, list[int | None]()
    for part in parts:
        before += part
        shared = whole * before // total if total else 0
        shares.append(shared - sum(share or 0 for share in shares))
    return shares


def half_up(value: Fraction) -> int:
    """Round to a whole number, halves away from zero."""
    rounded = int(abs(value) + Fraction(1, 2))
    return rounded if value >= 0 else -rounded


def _sale(one: Goods, unit: Fraction | None) -> Sale:
    sign = -1 if one.returned else 1
    return Sale(
        order=one.order_id,
        at=one.at,
        product=one.product,
        base=sign * one.base if one.base is not None else None,
        cost=sign * half_up(unit * one.quantity) if unit is not None else None,
        returned=one.returned,
    )


def _unit_costs(goods: Sequence[Goods], supplies: Iterable[Supply]) -> dict[tuple[UUID, int], Fraction | None]:
    """Give what a unit of each line cost, where all that the client got of it was bought at known prices."""
    bought: dict[tuple[UUID, int], list[Supply]] = defaultdict(list)
    for one in supplies:
        bought[one.order_id, one.line].append(one)
    sold: dict[tuple[UUID, int], int] = defaultdict(int)
    for other in goods:
        sold[other.order_id, other.line] += -other.quantity if other.returned else other.quantity
    return {key: _unit_cost(bought[key], quantity) for key, quantity in sold.items() if key in bought}


def _unit_cost(bought: Sequence[Supply], sold: int) -> Fraction | None:
    placed = [one for one in bought if not one.cancelled]
    quantity, cost = sum(one.quantity for one in placed), 0
    for one in placed:
        if one.base is None:
            return None
        cost += one.base
    here = quantity - sum(one.quantity for one in bought if one.cancelled)
    return Fraction(cost, quantity) if quantity and here >= sold else None
