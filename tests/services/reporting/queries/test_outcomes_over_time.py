"""Outcomes bucket by bucket: what held at the moment of the report, and what was in progress at the end of each."""

from __future__ import annotations

from typing import Any

import pytest

from chassis.clock import utc_now
from tests.services.reporting.telling import Process, Teller, usd
from tests.services.reporting.world import World, at

SALE = Process()
SPRING = {"from": "2026-03-01", "to": "2026-06-01"}
LATER = utc_now()
MOMENTS: list[dict[str, Any]] = [{}, {"as_of": at("2026-06-15")}, {"as_of": at("2026-06-15"), "known_at": LATER}]


def rows(world: World, bucket: str = "MONTH", **asked: Any) -> list[tuple[int, int, int, int | None]]:
    told = world.ask("outcomes_over_time", bucket=bucket, **{"period": SPRING, **asked})["rows"]
    return [(row["opened"], row["won"], row["lost"], row["in_progress"]) for row in told]


def test_lost_in_march_reopened_and_won_in_may(world: World) -> None:
    deal = (
        Teller(SALE, amount=usd("80.00")).open("2026-02-01").lose("2026-03-10").reopen("2026-05-02").win("2026-05-20")
    )
    world.hear(SALE.published(), *deal.told)
    assert rows(world, as_of=at("2026-04-15"), known_at=LATER) == [(0, 0, 1, 0), (0, 0, 0, 0), (0, 0, 0, None)]
    for moment in MOMENTS:
        assert rows(world, **moment) == [(0, 0, 0, 0), (0, 0, 0, 0), (0, 1, 0, 0)]
        told = world.ask("outcomes_over_time", bucket="MONTH", period=SPRING, **moment)["rows"]
        assert [row["won_amount"] for row in told] == ["0.00", "0.00", "80.00"]
        assert told[2]["win_rate_by_amount"] == {"value": 1.0, "numerator": "80.00", "denominator": "80.00"}
        assert told[0]["win_rate"] == {"value": None, "numerator": "0", "denominator": "0"}


def test_a_bucket_begins_where_the_calendar_does(world: World) -> None:
    asked: dict[str, Any] = {"period": {"from": "2026-03-04", "to": "2026-03-17"}, "bucket": "WEEK"}
    told = world.ask("outcomes_over_time", **asked)["rows"]
    assert [(row["from"], row["to"]) for row in told] == [
        ("2026-03-04", "2026-03-09"), ("2026-03-09", "2026-03-16"), ("2026-03-16", "2026-03-17"),
    ]  # fmt: skip
    assert (
        world.ask("outcomes_over_time", period={"from": "2026-03-04", "to": "2026-03-04"}, bucket="DAY")["rows"] == []
    )


@pytest.mark.parametrize(
    ("bucket", "years", "advice"),
    [("DAY", 30, "ask by MONTH"), ("WEEK", 100, "ask by QUARTER"), ("YEAR", 1500, "a shorter period")],
)
def test_too_many_buckets_are_refused(world: World, bucket: str, years: int, advice: str) -> None:
    period = {"from": "1990-01-01", "to": f"{1990 + years}-01-01"}
    problem = world.refused("outcomes_over_time", period=period, bucket=bucket)
    assert (problem.code, problem.field) == ("TOO_MANY_BUCKETS", ("bucket",))
    assert advice in problem.message


def test_a_period_has_to_begin(world: World) -> None:
    assert world.refused("outcomes_over_time", bucket="DAY").code == "REQUIRED"
    backwards = {"from": "2026-02-02", "to": "2026-02-01"}
    assert world.refused("outcomes_over_time", bucket="DAY", period=backwards).code == "INVALID_PERIOD"
