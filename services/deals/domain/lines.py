"""Lines of documents: what is sold, how much of it, for what; and what lines add up to, to the last unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeVar

from chassis.errors import Problem, Refused, refuse
from chassis.money import LARGEST_MINOR, Money
from services.deals.domain.percent import PARTS, parts_of, percent_problems, shown

QUANTITY_DIGITS = 6
"""Decimal digits that a quantity may have."""

LARGEST_QUANTITY = 10**12

T = TypeVar("T")
V = TypeVar("V")


@dataclass(frozen=True, kw_only=True)
class Line:
    """A line: money is rounded half up to the currency's smallest unit, once for each line.

    Without `tax_included` the tax comes on top of the price, with it the price holds the tax already.
    """

    product: str
    quantity: Decimal
    price: Money
    discount_percent: Decimal | None = None
    tax_percent: Decimal | None = None
    tax_included: bool = False

    @classmethod
    def of(
        cls,
        *,
        product: str,
        quantity: Decimal,
        price: Decimal,
        currency: str,
        discount_percent: Decimal | None = None,
        tax_percent: Decimal | None = None,
        tax_included: bool = False,
    ) -> Line:
        """Make a line; raise Refused, naming everything that is wrong with it."""
        money, problems = _price(price, currency)
        problems += _quantity(quantity)
        problems += percent_problems("a discount", discount_percent, "INVALID_DISCOUNT", "discountPercent")
        problems += percent_problems("a tax", tax_percent, "INVALID_TAX", "taxPercent")
        if problems or money is None:
            raise Refused(*problems)
        line = cls(
            product=product,
            quantity=quantity,
            price=money,
            discount_percent=discount_percent,
            tax_percent=tax_percent,
            tax_included=tax_included,
        )
        if max(line.full, line.gross) > LARGEST_MINOR:
            raise refuse("INVALID_AMOUNT", "the line is worth more than an amount may be", "price", "amount")
        return line

    @property
    def full(self) -> int:
        """Price times quantity before the discount, in minor units."""
        return _half_up(self.price.minor * Fraction(self.quantity))

    @property
    def net(self) -> int:
        """What the line is worth without tax, in minor units."""
        return self._reduced - self.tax if self.tax_included else self._reduced

    @property
    def tax(self) -> int:
        """The tax on the line, in minor units."""
        rate = Fraction(parts_of(self.tax_percent or Decimal(0)), PARTS)
        return _half_up(self._reduced * (rate / (1 + rate) if self.tax_included else rate))

    @property
    def gross(self) -> int:
        """What is to be paid for the line, in minor units."""
        return self._reduced if self.tax_included else self._reduced + self.tax

    @property
    def discount(self) -> int:
        """What the discount takes off the full price, in minor units."""
        return self.full - self._reduced

    @property
    def _reduced(self) -> int:
        left = PARTS - parts_of(self.discount_percent or Decimal(0))
        return _half_up(self.price.minor * Fraction(self.quantity) * Fraction(left, PARTS))


@dataclass(frozen=True, kw_only=True)
class Totals:
    """What lines add up to, in minor units of their currency."""

    currency: str
    net: int
    tax: int
    gross: int
    discount: int

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Totals:
        """Add up lines; raise Refused if there are none, if their currencies differ, or if it is too much."""
        if not lines:
            raise refuse("REQUIRED", "give at least one line", "lines")
        currency = lines[0].price.currency
        problems = [
            Problem(
                code="CURRENCY_MISMATCH",
                message=f"all lines are in one currency: the first is in {currency}, this one in {line.price.currency}",
                field=("lines", str(place), "price", "currency"),
            )
            for place, line in enumerate(lines)
            if line.price.currency != currency
        ]
        if problems:
            raise Refused(*problems)
        gross = sum(line.gross for line in lines)
        if gross > LARGEST_MINOR:
            raise refuse("INVALID_AMOUNT", "the lines are worth more than an amount may be", "lines")
        return cls(
            currency=currency,
            net=sum(line.net for line in lines),
            tax=sum(line.tax for line in lines),
            gross=gross,
            discount=sum(line.discount for line in lines),
        )

    @property
    def to_pay(self) -> Money:
        """The gross total as money."""
        return Money(minor=self.gross, currency=self.currency)


def each_made(given: Iterable[T], make: Callable[[T], V], *path: str) -> tuple[V, ...]:
    """Make something of each of many; raise Refused with the problems of all of them, each under its place."""
    made, problems = [], []
    for place, one in enumerate(given):
        try:
            made.append(make(one))
        except Refused as error:
            problems += [problem.under(*path, str(place)) for problem in error.problems]
    if problems:
        raise Refused(*problems)
    return tuple(made)


def _half_up(amount: Fraction) -> int:
    return (2 * amount.numerator + amount.denominator) // (2 * amount.denominator)


def _price(amount: Decimal, currency: str) -> tuple[Money | None, tuple[Problem, ...]]:
    try:
        money = Money.of(amount, currency)
    except Refused as error:
        return None, tuple(problem.under("price") for problem in error.problems)
    if money.minor < 0:
        message = f"a price is nothing or more; {shown(amount)} is less"
        return None, (Problem(code="INVALID_AMOUNT", message=message, field=("price", "amount")),)
    return money, ()


def _quantity(quantity: Decimal) -> tuple[Problem, ...]:
    if not quantity.is_finite() or not 0 < quantity <= LARGEST_QUANTITY:
        message = f"a quantity is more than 0 and at most {LARGEST_QUANTITY}; {shown(quantity)} is not"
    elif quantity != round(quantity, QUANTITY_DIGITS):
        message = f"a quantity has at most {QUANTITY_DIGITS} decimal digits; {shown(quantity)} has more"
    else:
        return ()
    return (Problem(code="INVALID_QUANTITY", message=message, field=("quantity",)),)
