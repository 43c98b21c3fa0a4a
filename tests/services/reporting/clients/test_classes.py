"""ABC, XYZ and RFM, by example and against their definitions said slowly."""

from __future__ import annotations

import os
import statistics
from datetime import date
from fractions import Fraction

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.reporting.domain.clients.classes import Bought, ClientKind, abc, kind_of, rfm, variation_squared, xyz
from services.reporting.domain.clients.sub_periods import SubPeriod, whole_ones

A, B, X, Y = Fraction(80, 100), Fraction(95, 100), Fraction(10, 100), Fraction(25, 100)
_EXAMPLES = int(os.environ.get("CRM_TEST_EXAMPLES", "100"))


def test_the_share_before_a_client_tells_its_class() -> None:
    assert abc({"a": 80, "b": 15, "c": 5}, A, B) == {"a": "A", "b": "B", "c": "C"}
    assert abc({"a": 79, "b": 16, "c": 5}, A, B) == {"a": "A", "b": "A", "c": "C"}
    assert abc({"a": 50, "b": 50, "c": 0, "d": -70}, A, B) == {"a": "A", "b": "A", "c": "C", "d": "C"}
    assert abc({"a": 0, "b": -1}, A, B) == {"a": "C", "b": "C"}
    assert abc({}, A, B) == {}


@settings(max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(-5, 30), max_size=40))
def test_abc_is_what_its_definition_says(measures: list[int]) -> None:
    found = abc(dict(enumerate(measures)), A, B)
    whole = sum(m for m in measures if m > 0)
    for client, measure in enumerate(measures):
        before = sum(m for m in measures if m > measure and m > 0)  # ties are where the first of them is
        share = Fraction(before, whole) if whole else Fraction(0)
        expected = "C" if measure <= 0 or share >= B else "B" if share >= A else "A"
        assert found[client] == expected


@settings(max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.integers(-5, 1000), max_size=14))
def test_xyz_is_what_its_definition_says(amounts: list[int]) -> None:
    found = xyz(amounts, X, Y)
    if len(amounts) < 3:
        assert found is None
        return
    mean = Fraction(sum(amounts), len(amounts))
    if mean <= 0:
        assert found == "Z"
        return
    squared = statistics.pvariance([Fraction(amount) for amount in amounts]) / mean**2
    assert squared == variation_squared(amounts)
    assert found == ("X" if squared <= X**2 else "Y" if squared <= Y**2 else "Z")


def test_exactly_on_the_limit_is_within_it() -> None:
    assert xyz([90, 110, 90, 110], X, Y) == "X"
    assert xyz([75, 125, 75, 125], X, Y) == "Y"
    assert xyz([74, 126, 74, 126], X, Y) == "Z"


@settings(max_examples=_EXAMPLES, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.builds(Bought, recency=st.integers(0, 400), frequency=st.integers(1, 12), monetary=st.integers(-9, 99)),
        min_size=25,
        max_size=60,
    )
)
def test_quintiles_count_who_is_worse(bought: list[Bought]) -> None:
    scores, n = rfm(dict(enumerate(bought))), len(bought)
    for client, one in enumerate(bought):
        worse = (
            sum(other.recency > one.recency for other in bought),
            sum(other.frequency < one.frequency for other in bought),
            sum(other.monetary < one.monetary for other in bought),
        )
        assert scores[client] == tuple(1 + Fraction(5 * count, n).__floor__() for count in worse)


def test_few_clients_go_by_thresholds() -> None:
    some = {
        "new": Bought(recency=30, frequency=10, monetary=200), "old": Bought(recency=366, frequency=1, monetary=0),
        "mid": Bought(recency=90, frequency=3, monetary=100),
    }  # fmt: skip
    assert rfm(some) == {"new": (5, 5, 5), "old": (1, 1, 1), "mid": (4, 3, 4)}


def test_kinds_of_clients() -> None:
    assert kind_of(0, None, 365) is ClientKind.POTENTIAL
    assert kind_of(1, 900, 365) is ClientKind.ONE_TIME
    assert kind_of(2, 365, 365) is ClientKind.PERMANENT
    assert kind_of(2, 366, 365) is ClientKind.LOST


def test_only_whole_sub_periods_count() -> None:
    first, end = date(2025, 11, 15), date(2026, 2, 15)
    assert whole_ones(first, end, SubPeriod.MONTH) == [date(2025, 12, 1), date(2026, 1, 1)]
    assert whole_ones(date(2026, 1, 1), date(2026, 7, 1), SubPeriod.QUARTER) == [date(2026, 1, 1), date(2026, 4, 1)]
    assert whole_ones(date(2026, 1, 6), date(2026, 1, 19), SubPeriod.WEEK) == [date(2026, 1, 12)]
