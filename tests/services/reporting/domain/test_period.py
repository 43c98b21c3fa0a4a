"""Periods at the ends of the calendar."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from chassis.errors import Refused
from services.reporting.domain.period import Period


@pytest.mark.parametrize(
    ("first", "end", "zone"),
    [(date.min, None, "Asia/Tokyo"), (date.min, date.max, "Asia/Tokyo")],
)
def test_days_without_a_midnight_are_refused(first: date | None, end: date | None, zone: str) -> None:
    with pytest.raises(Refused) as refusal:
        Period.of_days(first, end, ZoneInfo(zone))
    assert [(problem.code, problem.field) for problem in refusal.value.problems] == [("INVALID", ("period",))]


def test_the_days_beside_them_make_a_period() -> None:
    period = Period.of_days(date(1, 1, 2), date(9999, 12, 30), ZoneInfo("Asia/Tokyo"))
    assert period.start is not None
    assert period.end is not None
