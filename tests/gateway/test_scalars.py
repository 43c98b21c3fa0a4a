"""Scalars are read strictly."""

from __future__ import annotations

from typing import Any

import pytest
from graphql import GraphQLError, parse_value

from gateway.shapes.scalars import Date, DateTime, Decimal


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("2024-01-02T03:04:05Z", "2024-01-02T03:04:05Z"),
        ("2024-01-02t03:04:05.5+02:00", "2024-01-02T01:04:05.500000Z"),
        ("2024-02-29T23:59:59-12:00", "2024-03-01T11:59:59Z"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59Z"),
    ],
)
def test_moments(given: str, read: str) -> None:
    assert DateTime.parse_value(given) == read


@pytest.mark.parametrize(
    "given",
    ["2024-01-02T03:04:05", "2024-01-02", "10000-01-01T00:00:00Z", "9999-12-31T23:59:59-01:00", "0001-01-01T00:00:00+01:00",
     "2023-02-29T00:00:00Z", "2024-01-02 03:04:05Z", "2024-01-02T24:00:00Z", "20240102T030405Z", "٢٠٢٤-01-02T03:04:05Z", "", 1704164645, None, True, []],
)  # fmt: skip
def test_what_is_no_moment(given: Any) -> None:
    with pytest.raises(GraphQLError) as refused:
        DateTime.parse_value(given)
    assert refused.value.extensions == {"code": "BAD_USER_INPUT"}


@pytest.mark.parametrize(
    "given",
    ["2024-1-2", "20240102", "2024-W01-1", "2023-02-29", "10000-01-01", "0000-01-01", "2024-01-02T00:00:00Z", 20240102],
)
def test_what_is_no_day(given: Any) -> None:
    with pytest.raises(GraphQLError):
        Date.parse_value(given)
    assert Date.parse_value("2024-02-29") == "2024-02-29"


@pytest.mark.parametrize(
    ("given", "read"), [("19.90", "19.90"), ("-1", "-1"), (7, "7"), ("0.000000000000000001", "0.000000000000000001")]
)
def test_numbers(given: Any, read: str) -> None:
    assert Decimal.parse_value(given) == read


@pytest.mark.parametrize("given", [1.5, "1e5", "NaN", "Infinity", " 1", "1,5", ".5", "", True, "1" * 40, "१", None])
def test_what_is_no_exact_number(given: Any) -> None:
    with pytest.raises(GraphQLError):
        Decimal.parse_value(given)


def test_numbers_in_the_query() -> None:
    assert Decimal.parse_literal(parse_value("12")) == "12"
    assert Decimal.parse_literal(parse_value('"1.20"')) == "1.20"
    with pytest.raises(GraphQLError):
        Decimal.parse_literal(parse_value("1.5"))
