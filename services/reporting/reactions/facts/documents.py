"""What reporting reads of the money and the goods in documents."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.money import Money

_QUANTITY_DIGITS = 6


@dataclass(frozen=True, kw_only=True)
class AmountHeard:
    """Money, and the same in the base currency where a rate is known."""

    amount: Decimal
    currency: str
    base: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class GoodsHeard:
    """So much of a line of an order, in the currency of the whole."""

    order_id: UUID
    line: int
    product: str
    quantity: Decimal
    amount: Decimal


def times(event: Heard) -> dict[str, Any]:
    """Give the columns that say when."""
    return {"occurred_at": event.occurred_at, "recorded_at": event.recorded_at}


def money_row(amount: AmountHeard | None, base_currency: str) -> dict[str, Any]:
    """Give the columns of money."""
    if amount is None:
        return {"currency": None, "amount_minor": None, "base_minor": None}
    return {
        "currency": amount.currency,
        "amount_minor": Money.of(amount.amount, amount.currency).minor,
        "base_minor": Money.of(amount.base, base_currency).minor if amount.base is not None else None,
    }


def micro(quantity: Decimal) -> int:
    """Give a quantity in millionths."""
    return int(quantity.scaleb(_QUANTITY_DIGITS))
