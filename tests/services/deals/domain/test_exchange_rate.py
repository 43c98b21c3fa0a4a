"""Converting money is exact, and rounds half up by the base currency's digits."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chassis.money import LARGEST_MINOR, Money, minor_digits
from services.deals.domain.exchange_rate import ExchangeRate

DAY = date(2026, 3, 5)
CURRENCIES = st.sampled_from(["USD", "JPY", "KWD", "EUR"])


def rate(value: Decimal, currency: str = "EUR", base: str = "USD") -> ExchangeRate:
    return ExchangeRate(currency=currency, base_currency=base, on=DAY, rate=value)


@pytest.mark.parametrize(
    ("base", "amount", "value", "expected"),
    [
        ("JPY", "0.01", "50", 1),
        ("JPY", "0.01", "49.9999999999", 0),
        ("KWD", "1.00", "0.0005", 1),
        ("KWD", "1.00", "0.0004999999", 0),
        ("USD", "10.00", "1.0005", 1001),
    ],
)
def test_half_a_unit_is_rounded_up(base: str, amount: str, value: str, expected: int) -> None:
    converted = rate(Decimal(value), base=base).convert(Money.of(Decimal(amount), "EUR"))
    assert converted == Money(minor=expected, currency=base)


@given(
    currency=CURRENCIES,
    base=CURRENCIES,
    minor=st.integers(min_value=0, max_value=LARGEST_MINOR),
    value=st.decimals(min_value=Decimal("1E-10"), max_value=Decimal(10**8 - 1), places=10),
)
def test_converted_money_is_off_by_half_a_unit_at_most(currency: str, base: str, minor: int, value: Decimal) -> None:
    converted = rate(value, currency, base).convert(Money(minor=minor, currency=currency))
    exact = Fraction(minor, 10 ** minor_digits(currency)) * Fraction(value) * 10 ** minor_digits(base)
    if converted is None:
        assert exact > LARGEST_MINOR - 1
    else:
        assert converted.currency == base
        assert -Fraction(1, 2) < converted.minor - exact <= Fraction(1, 2)


def test_a_rate_grows_too_old() -> None:
    assert rate(Decimal(1)).in_force(date(2026, 3, 8), 3)
    assert not rate(Decimal(1)).in_force(date(2026, 3, 9), 3)
    assert rate(Decimal(1)).in_force(date(2036, 3, 9), None)
