"""Money: exact, in a currency, never a float."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from iso4217 import Currency

from chassis.errors import refuse

LARGEST_MINOR = 10**17
"""The most minor units that an amount may have; it leaves room for sums in a 64-bit column."""


@lru_cache(maxsize=256)
def minor_digits(currency: str) -> int:
    """Tell how many decimal digits a currency has (ISO 4217): USD 2, JPY 0; raise Refused if there is no such currency."""
    try:
        exponent = Currency(currency).exponent
    except ValueError:
        raise refuse("UNKNOWN_CURRENCY", f"{currency!r} is not a currency code of ISO 4217", "currency") from None
    return exponent or 0


@dataclass(frozen=True, kw_only=True)
class Money:
    """An amount in integer minor units (cents) of a currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: Decimal, currency: str) -> Money:
        """Make money from a decimal amount in major units; raise Refused if it is finer than the currency or too large."""
        digits = minor_digits(currency)
        if not amount.is_finite():
            raise refuse("INVALID_AMOUNT", "an amount is a finite number", "amount")
        if abs(amount) > LARGEST_MINOR:  # before scaling, which overflows where the exponent is extreme
            raise refuse("INVALID_AMOUNT", f"{amount} is larger than an amount may be", "amount")
        scaled = amount.scaleb(digits)
        # scaling rounds to the context's 28 digits: scaled back it must be what came in
        if scaled != scaled.to_integral_value() or scaled.scaleb(-digits) != amount:
            raise refuse("INVALID_AMOUNT", f"{currency} has {digits} decimal digits; {amount} has more", "amount")
        if abs(scaled) > LARGEST_MINOR:
            raise refuse("INVALID_AMOUNT", f"{amount} is larger than an amount may be", "amount")
        return cls(minor=int(scaled), currency=currency)

    @classmethod
    def within_bounds(cls, amount: Decimal, currency: str) -> Money | None:
        """Make money from a result of arithmetic, with the currency's digits; None where it is too large to be stored."""
        scaled = amount.scaleb(minor_digits(currency))
        return cls(minor=int(scaled), currency=currency) if abs(scaled) <= LARGEST_MINOR else None

    @property
    def amount(self) -> Decimal:
        """The amount in major units, with the currency's number of digits."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def to_json(self) -> dict[str, Any]:
        """Give the money in the shape of the wire: amount as an exact string in major units."""
        return {"amount": format(self.amount, "f"), "currency": self.currency}
