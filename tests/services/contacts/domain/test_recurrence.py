"""Recurrences: as RFC 5545 says, by the clock on the wall, also where the clocks change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.errors import Refused
from services.contacts.domain.recurrence import Recurrence

ZONES = ("UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "America/Santiago")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def local(zone: str, *parts: int) -> datetime:
    """Give a moment by the wall clock of a zone."""
    return datetime(*parts, tzinfo=ZoneInfo(zone)).astimezone(UTC)  # type: ignore[misc, arg-type]


def recurring(rule: str, start: datetime, zone: str = "UTC") -> Recurrence:
    """Read a rule."""
    return Recurrence.of(rule, start, ZoneInfo(zone))


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=DAILY;COUNT=3", [(1, 1), (1, 2), (1, 3)]),
        ("FREQ=WEEKLY;BYDAY=TH,FR;UNTIL=20260109T235959Z", [(1, 1), (1, 2), (1, 8), (1, 9)]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", [(1, 1), (1, 31), (2, 28), (3, 31)]),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;UNTIL=20260301", [(1, 1), (1, 30), (2, 27)]),
        ("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29;COUNT=1", [(1, 1)]),
    ],
)
def test_rules_give_the_days_that_they_say(rule: str, days: list[tuple[int, int]]) -> None:
    start = datetime(2026, 1, 1, 9, tzinfo=UTC)
    found = [(at.month, at.day) for at in recurring(rule, start).between(start, datetime(2026, 12, 31, tzinfo=UTC))]
    assert found == days


def test_nine_o_clock_is_nine_o_clock_in_summer_and_in_winter() -> None:
    weekly = recurring("FREQ=WEEKLY", local("Europe/Berlin", 2026, 3, 23, 9), "Europe/Berlin")
    hours = [at.hour for at in weekly.between(weekly.start, weekly.start + timedelta(days=15))]
    assert hours == [8, 7, 7]


def test_a_time_that_the_clocks_skip_is_read_with_the_offset_from_before() -> None:
    daily = recurring("FREQ=DAILY", local("Europe/Berlin", 2026, 3, 28, 2, 30), "Europe/Berlin")
    berlin = ZoneInfo("Europe/Berlin")
    times = [
        at.astimezone(berlin).strftime("%d %H:%M")
        for at in daily.between(daily.start, daily.start + timedelta(days=2, hours=3))
    ]
    assert times == ["28 02:30", "29 03:30", "30 02:30"]


def test_a_time_that_comes_twice_is_the_first_of_the_two() -> None:
    daily = recurring("FREQ=DAILY", local("Europe/Berlin", 2026, 10, 24, 2, 30), "Europe/Berlin")
    assert [at.strftime("%d %H:%M") for at in daily.between(daily.start, daily.start + timedelta(days=2, hours=2))] == [
        "24 00:30", "25 00:30", "26 01:30",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "rule",
    [
        "", "every day", "FREQ=HOURLY", "FREQ=DAILY;FREQ=DAILY", "FREQ=DAILY;COUNT=0", "FREQ=DAILY;COUNT=2;UNTIL=20260101",
        "FREQ=DAILY;INTERVAL=99999", "FREQ=WEEKLY;BYDAY=XX", "FREQ=DAILY;UNTIL=yesterday", "FREQ=DAILY;BYHOUR=1",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTHDAY=x", "FREQ=YEARLY;BYWEEKNO=1;BYMONTH=7",
        "FREQ=DAILY\nRDATE:20260101T000000", "FREQ=DAILY;" * 100,
    ],
)  # fmt: skip
def test_what_is_no_rule_is_refused(rule: str) -> None:
    with pytest.raises(Refused) as refusal:
        recurring(rule, datetime(2026, 1, 1, tzinfo=UTC))
    assert refusal.value.problems[0].code == "INVALID_RECURRENCE"


@st.composite
def rules(draw: st.DrawFn) -> tuple[str, int, frozenset[int]]:
    """Make a daily or weekly rule, with what it means: every so many days or weeks, on which weekdays."""
    interval = draw(st.integers(1, 4))
    if draw(st.booleans()):
        return f"FREQ=DAILY;INTERVAL={interval}", interval, frozenset()
    days = draw(st.frozensets(st.integers(0, 6), min_size=1, max_size=4))
    return f"FREQ=WEEKLY;INTERVAL={interval};BYDAY={','.join(WEEKDAYS[day] for day in sorted(days))}", interval, days


def reference(
    interval: int, weekdays: frozenset[int], start: datetime, zone: ZoneInfo, last: datetime
) -> list[datetime]:
    """Go through the days one by one: a second, plain reading of the rules."""
    first = start.astimezone(zone).replace(tzinfo=None)
    monday = first.date() - timedelta(days=first.weekday())
    found: list[datetime] = []
    day = first.date()
    while True:
        at = datetime.combine(day, first.time(), tzinfo=zone).astimezone(UTC)
        if at >= last:
            return found
        if weekdays:
            fits = day.weekday() in weekdays and (day - monday).days // 7 % interval == 0
        else:
            fits = (day - first.date()).days % interval == 0
        if fits or day == first.date():
            found.append(at)
        day += timedelta(days=1)


@given(
    rule=rules(),
    zone=st.sampled_from(ZONES),
    start=st.integers(0, 730 * 24 * 60).map(
        lambda minutes: datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ),
)
@settings(max_examples=60, deadline=None)
def test_two_years_are_what_going_through_the_days_gives(
    rule: tuple[str, int, frozenset[int]], zone: str, start: datetime
) -> None:
    text, interval, weekdays = rule
    last = start + timedelta(days=731)
    found = list(recurring(text, start, zone).between(start, last))
    expected = reference(interval, weekdays, start, ZoneInfo(zone), last)
    assert found == expected
    assert found[0] == start
    assert all(recurring(text, start, zone).holds(at) for at in found[:3])
