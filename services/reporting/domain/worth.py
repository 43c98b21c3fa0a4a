"""What money is worth in the base currency."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Context, Decimal

from chassis.money import Money, minor_digits

_EXACT = Context(prec=60)


def worth(minor: int, currency: str, base_currency: str, rates: Mapping[str, Decimal]) -> int | None:
    """Give minor units of a currency in those of the base currency, halves rounded up; None without a rate."""
    if currency == base_currency:
        return minor
    if currency not in rates:
        return None
    exact = _EXACT.multiply(Money(minor=minor, currency=currency).amount, rates[currency])
    scaled = exact.scaleb(minor_digits(base_currency), context=_EXACT)
    return int(scaled.to_integral_value(rounding=ROUND_HALF_UP, context=_EXACT))
