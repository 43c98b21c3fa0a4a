"""What one unit of a currency is worth in the base currency, on a day and until the next rate."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Protocol

from chassis.errors import refuse
from chassis.money import Money, minor_digits

DIGITS = 10
"""Decimal digits that a rate may have."""
_LARGEST = Decimal(10**8)
_DAYS_AHEAD = 7  # tomorrow's rates are published today, also before holidays
_FIRST_DAY = date(1900, 1, 1)
_EXACT = Context(prec=60)  # the largest amount times the longest rate has 46 digits


class Rates(Protocol):
    """Tells what money is worth in the base currency at a moment."""

    def base_of(self, money: Money, at: datetime) -> Money | None:
        """Give money in the base currency at the rate in force on that day; None where none is known."""


class NoRates:
    """Knows no rate: money of the base currency is its own base amount, other money has none."""

    def __init__(self, base_currency: str) -> None:
        self._base_currency = base_currency

    def base_of(self, money: Money, at: datetime) -> Money | None:
        """Give money of the base currency itself."""
        return money if money.currency == self._base_currency else None


@dataclass(frozen=True, kw_only=True)
class ExchangeRate:
    """A rate of a currency on a day: this many units of the base currency for one of it."""

    currency: str
    base_currency: str
    on: date
    rate: Decimal

    @classmethod
    def of(cls, currency: str, base_currency: str, on: date, rate: Decimal, *, today: date) -> ExchangeRate:
        """Make a rate; raise Refused where it cannot be one."""
        minor_digits(currency)
        if currency == base_currency:
            raise refuse("SAME_CURRENCY", f"{currency} is the base currency, whose rate is always 1", "currency")
        if not (rate.is_finite() and 0 < rate < _LARGEST):
            raise refuse("INVALID_RATE", f"a rate lies above 0 and below {_LARGEST:,}; {rate} does not", "rate")
        if rate != round(rate, DIGITS):
            raise refuse("INVALID_RATE", f"a rate has at most {DIGITS} decimal digits; {rate} has more", "rate")
        if not _FIRST_DAY <= on <= today + timedelta(days=_DAYS_AHEAD):
            raise refuse("INVALID_DATE", f"a rate's day lies between {_FIRST_DAY} and next week; {on} does not", "date")
        return cls(currency=currency, base_currency=base_currency, on=on, rate=rate)

    def in_force(self, day: date, max_age_days: int | None) -> bool:
        """Tell whether the rate, the latest until a day, is young enough for it."""
        return max_age_days is None or (day - self.on).days <= max_age_days

    def convert(self, money: Money) -> Money | None:
        """Give money of the currency in the base currency, rounded half up; None where that is beyond an amount."""
        exact = _EXACT.multiply(money.amount, self.rate)
        digits = minor_digits(self.base_currency)
        rounded = exact.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP, context=_EXACT)
        return Money.within_bounds(rounded, self.base_currency)
