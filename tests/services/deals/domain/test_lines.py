"""Lines and what they add up to."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import given

from chassis.errors import Refused
from chassis.money import LARGEST_MINOR, Money, minor_digits
from services.deals.domain.lines import Line, Totals, each_made

QUANTITIES = st.integers(1, 10**11).map(lambda micro: Decimal(micro).scaleb(-6))
PERCENTS = st.none() | st.integers(0, 1_000_000).map(lambda parts: Decimal(parts).scaleb(-4))
ANY_DECIMAL = st.decimals(allow_nan=True, allow_infinity=True)


def lines_in(currency: str) -> st.SearchStrategy[Line]:
    return st.builds(
        Line,
        product=st.just("M8"),
        quantity=QUANTITIES,
        price=st.integers(0, 10**9).map(lambda minor: Money(minor=minor, currency=currency)),
        discount_percent=PERCENTS,
        tax_percent=PERCENTS,
        tax_included=st.booleans(),
    )


def line(**more: Any) -> Line:
    given: dict[str, Any] = {"product": "M8", "quantity": Decimal(3), "price": Decimal("9.99"), "currency": "USD"}
    return Line.of(**(given | more))


def problems_of(**more: Any) -> list[tuple[str, tuple[str, ...] | None]]:
    with pytest.raises(Refused) as refusal:
        line(**more)
    return [(problem.code, problem.field) for problem in refusal.value.problems]


@pytest.mark.parametrize(
    ("more", "net", "tax", "gross", "discount"),
    [
        ({}, 2997, 0, 2997, 0),
        ({"discount_percent": Decimal(10), "tax_percent": Decimal(20)}, 2697, 539, 3236, 300),
        ({"tax_percent": Decimal(20), "tax_included": True}, 2497, 500, 2997, 0),
        ({"discount_percent": Decimal(100), "tax_percent": Decimal(20)}, 0, 0, 0, 2997),
        ({"tax_percent": Decimal(100), "tax_included": True}, 1498, 1499, 2997, 0),
        ({"quantity": Decimal("0.5"), "price": Decimal("0.01")}, 1, 0, 1, 0),
        ({"quantity": Decimal("0.499999"), "price": Decimal("0.01")}, 0, 0, 0, 0),
        ({"currency": "JPY", "price": Decimal(100), "quantity": Decimal("1.005")}, 101, 0, 101, 0),
        ({"currency": "KWD", "price": Decimal("1.001"), "quantity": Decimal("1.5")}, 1502, 0, 1502, 0),
    ],
)
def test_a_line_is_rounded_half_up_in_its_currency(
    more: dict[str, Any], net: int, tax: int, gross: int, discount: int
) -> None:
    made = line(**more)
    assert (made.net, made.tax, made.gross, made.discount) == (net, tax, gross, discount)


@given(lines_in("USD") | lines_in("JPY") | lines_in("KWD"))
def test_a_line_is_never_negative_and_net_and_tax_are_gross(made: Line) -> None:
    assert min(made.net, made.tax, made.discount) >= 0
    assert made.net + made.tax == made.gross
    priced = made.gross if made.tax_included else made.net
    assert priced + made.discount == made.full


@given(lines_in("USD"))
def test_a_line_is_what_decimal_arithmetic_says(made: Line) -> None:
    with localcontext(prec=60):
        left = 1 - (made.discount_percent or Decimal(0)) / 100
        exact = made.price.amount * made.quantity * left
        rounded = exact.quantize(Decimal("0.01"), ROUND_HALF_UP)
    assert (made.gross if made.tax_included else made.net) == rounded * 100


@given(st.lists(lines_in("USD"), min_size=1, max_size=20))
def test_totals_are_the_sums_of_the_lines_to_the_last_unit(lines: list[Line]) -> None:
    totals = Totals.of(lines)
    assert totals.net == sum(one.net for one in lines)
    assert totals.tax == sum(one.tax for one in lines)
    assert totals.gross == sum(one.gross for one in lines) == totals.net + totals.tax
    assert totals.discount == sum(one.discount for one in lines)
    assert totals.to_pay == Money(minor=totals.gross, currency="USD")


@given(ANY_DECIMAL, ANY_DECIMAL, ANY_DECIMAL, ANY_DECIMAL)
def test_numbers_of_any_kind_are_a_line_or_refused(
    quantity: Decimal, price: Decimal, discount: Decimal, tax: Decimal
) -> None:
    try:
        made = line(quantity=quantity, price=price, discount_percent=discount, tax_percent=tax)
    except Refused:
        return
    assert 0 <= made.net <= made.gross <= LARGEST_MINOR


@pytest.mark.parametrize(
    ("more", "code", "field"),
    [
        ({"quantity": Decimal(0)}, "INVALID_QUANTITY", ("quantity",)),
        ({"quantity": Decimal(-1)}, "INVALID_QUANTITY", ("quantity",)),
        ({"quantity": Decimal("1e13")}, "INVALID_QUANTITY", ("quantity",)),
        ({"quantity": Decimal("0.0000001")}, "INVALID_QUANTITY", ("quantity",)),
        ({"quantity": Decimal("NaN")}, "INVALID_QUANTITY", ("quantity",)),
        ({"price": Decimal(-1)}, "INVALID_AMOUNT", ("price", "amount")),
        ({"price": Decimal("NaN")}, "INVALID_AMOUNT", ("price", "amount")),
        ({"price": Decimal("0.001")}, "INVALID_AMOUNT", ("price", "amount")),
        ({"price": Decimal("1e15"), "quantity": Decimal(2)}, "INVALID_AMOUNT", ("price", "amount")),
        ({"currency": "XYZ"}, "UNKNOWN_CURRENCY", ("price", "currency")),
        ({"discount_percent": Decimal(300)}, "INVALID_DISCOUNT", ("discountPercent",)),
        ({"tax_percent": Decimal("100.0001")}, "INVALID_TAX", ("taxPercent",)),
        ({"tax_percent": Decimal("20.00001")}, "INVALID_TAX", ("taxPercent",)),
    ],
)
def test_what_is_no_line(more: dict[str, Any], code: str, field: tuple[str, ...]) -> None:
    assert problems_of(**more) == [(code, field)]


def test_all_that_is_wrong_is_said_at_once_and_where() -> None:
    assert set(problems_of(quantity=Decimal(-1), currency="XYZ", discount_percent=Decimal(300))) == {
        ("INVALID_QUANTITY", ("quantity",)),
        ("UNKNOWN_CURRENCY", ("price", "currency")),
        ("INVALID_DISCOUNT", ("discountPercent",)),
    }
    with pytest.raises(Refused) as refusal:
        each_made([Decimal(1), Decimal(-1), Decimal(0)], lambda quantity: line(quantity=quantity), "lines")
    assert [problem.field for problem in refusal.value.problems] == [
        ("lines", "1", "quantity"),
        ("lines", "2", "quantity"),
    ]


def test_lines_of_different_currencies_do_not_add_up() -> None:
    with pytest.raises(Refused) as refusal:
        Totals.of([line(), line(currency="EUR"), line(currency="JPY", price=Decimal(9))])
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [
        ("CURRENCY_MISMATCH", ("lines", "1", "price", "currency")),
        ("CURRENCY_MISMATCH", ("lines", "2", "price", "currency")),
    ]


def test_no_lines_and_too_much_are_refused() -> None:
    huge = line(price=Decimal(LARGEST_MINOR).scaleb(-minor_digits("USD")), quantity=Decimal(1))
    for lines, code in (([], "REQUIRED"), ([huge, huge], "INVALID_AMOUNT")):
        with pytest.raises(Refused) as refusal:
            Totals.of(lines)
        assert [(problem.code, problem.field) for problem in refusal.value.problems] == [(code, ("lines",))]
