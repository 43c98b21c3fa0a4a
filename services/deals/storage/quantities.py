"""Quantities in the database: whole millionths, which both databases keep and add up exactly."""

from __future__ import annotations

from decimal import Decimal

from services.deals.domain.lines import QUANTITY_DIGITS


def micro(quantity: Decimal) -> int:
    """Give a quantity in millionths."""
    return int(quantity.scaleb(QUANTITY_DIGITS))


def quantity_of(millionths: int) -> Decimal:
    """Give the quantity of so many millionths, without trailing zeros."""
    return Decimal(millionths).scaleb(-QUANTITY_DIGITS).normalize() + 0
