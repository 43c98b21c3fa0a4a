"""Money, quantities and references, as they are answered."""

from __future__ import annotations

from decimal import Decimal

from chassis.money import Money
from chassis.wire import Json
from services.deals.domain.external_ref import ExternalRef


def money_json(minor: int, currency: str) -> Json:
    """Give so many minor units of a currency as money."""
    return Money(minor=minor, currency=currency).to_json()


def quantity_json(quantity: Decimal) -> str:
    """Write a quantity exactly, without an exponent."""
    return format(quantity.normalize() + 0, "f")


def ref_json(ref: ExternalRef | None) -> Json:
    """Give what another system calls a thing."""
    return {"system": ref.system, "id": ref.id} if ref else None
