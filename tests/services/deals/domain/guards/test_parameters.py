"""What guards are given."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from services.deals.domain.guards.parameters import Keys, Value, WholeNumber, as_text

PERCENT = WholeNumber(name="percent", description="A share.", smallest=1, largest=100)
FIELDS = Keys(name="fields", description="Fields.", choices=("amount", "products", "title"))


@given(st.integers(1, 100))
def test_a_number_is_read_from_itself_and_from_its_text(number: int) -> None:
    assert PERCENT.read(number) == PERCENT.read(as_text(number)) == number


@pytest.mark.parametrize("given_value", [0, 101, True, "", "ten", "30.5", "9" * 5000, ("30",)])
def test_what_is_no_number_within_bounds(given_value: Value) -> None:
    with pytest.raises(ValueError, match=r"no |out of|unknown|invalid"):
        PERCENT.read(given_value)


@given(st.sets(st.sampled_from(FIELDS.choices), min_size=1).map(tuple))
def test_keys_are_read_in_one_order_also_from_text(keys: tuple[str, ...]) -> None:
    read = FIELDS.read(keys)
    assert set(read) == set(keys)
    assert FIELDS.read(as_text(keys)) == read


@pytest.mark.parametrize("given_value", [(), "", "moon", ("amount", "moon"), 7])
def test_what_are_no_keys(given_value: Value) -> None:
    with pytest.raises(ValueError, match=r"no |out of|unknown|invalid"):
        FIELDS.read(given_value)
