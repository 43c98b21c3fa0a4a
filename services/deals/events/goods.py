"""Goods in events."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from chassis.money import Money
from services.deals.domain.shipment import GoodsLine


@dataclass(frozen=True, kw_only=True)
class GoodsTold:
    """So much of a line of an order; the amount is in the currency of the whole."""

    order_id: UUID
    line: int
    product: str
    quantity: Decimal
    amount: Decimal


def goods_told(lines: Iterable[GoodsLine], total: Money | None) -> tuple[GoodsTold, ...]:
    """Make what is told of goods that all together are worth so much."""
    if total is None:
        return ()
    return tuple(
        GoodsTold(
            order_id=one.order_id,
            line=one.line,
            product=one.product,
            quantity=one.quantity,
            amount=Money(minor=one.worth, currency=total.currency).amount,
        )
        for one in lines
    )
