"""Business days and business time, against counting minute by minute."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import hypothesis.strategies as st
import pytest
from hypothesis import assume, given, settings

from chassis.business_calendar import BusinessCalendar, Hours
from chassis.days_off import DaysOff
from chassis.errors import Misconfigured
from chassis.settings import Settings, load_settings

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
OFFICE = BusinessCalendar(zone=ZoneInfo("Europe/Berlin"))

# moments around which clocks are set, some of them at midnight, by half an hour or over a whole day
CHANGES = [
    ("America/New_York", datetime(2026, 3, 8, 7, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 11, 1, 6, tzinfo=UTC)),
    ("Europe/Berlin", datetime(2026, 3, 29, 1, tzinfo=UTC)),
    ("America/Santiago", datetime(2026, 9, 6, 4, tzinfo=UTC)),
    ("America/Sao_Paulo", datetime(2018, 2, 18, 2, tzinfo=UTC)),
    ("Australia/Lord_Howe", datetime(2026, 10, 3, 15, 30, tzinfo=UTC)),
    ("Pacific/Apia", datetime(2011, 12, 30, 10, tzinfo=UTC)),
    ("Asia/Tokyo", datetime(2026, 5, 1, tzinfo=UTC)),
]


@st.composite
def calendars(draw: st.DrawFn) -> tuple[BusinessCalendar, datetime]:
    """A calendar, and a moment about which its clocks are set."""
    zone, moment = draw(st.sampled_from(CHANGES))
    minutes = sorted(draw(st.sets(st.integers(0, 24 * 60), min_size=2, max_size=4)))
    pairs = zip(minutes[::2], minutes[1::2], strict=False)
    hours = tuple(Hours(opens=_time(opens), closes=_time(closes)) for opens, closes in pairs)
    week = draw(st.sets(st.integers(1, 7), min_size=2))
    days = st.sets(st.integers(-2, 3).map(lambda n: moment.date() + n * DAY), max_size=2)
    days_off = DaysOff(off=frozenset(draw(days)), worked=frozenset(draw(days)))
    return BusinessCalendar(zone=ZoneInfo(zone), week=frozenset(week), hours=hours, days_off=days_off), moment


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)


def counted(calendar: BusinessCalendar, start: datetime, end: datetime) -> timedelta:
    """Count the worked minutes between two moments one by one."""
    minute = start - 26 * HOUR  # days are watched from their beginning on
    passed = timedelta()
    latest: dict[date, time] = {}  # a clock that is set back does not begin hours anew that were over
    while minute < end:
        wall = minute.astimezone(calendar.zone)
        day = wall.date()
        latest[day] = max(latest.get(day, time.min), wall.time())
        if minute >= start and _worked_at(calendar, day, latest[day]):
            passed += MINUTE
        minute += MINUTE
    return passed


def _worked_at(calendar: BusinessCalendar, day: date, latest: time) -> bool:
    worked, off = calendar.days_off.worked, calendar.days_off.off
    if day not in worked and (day in off or day.isoweekday() not in calendar.week):
        return False
    return any(h.opens <= latest and (latest < h.closes or h.closes == time.min) for h in calendar.hours)


@settings(max_examples=40, deadline=None)
@given(calendars(), st.integers(-36 * 60, 36 * 60), st.integers(0, 48 * 60))
def test_business_time_is_what_counting_minutes_gives(
    about: tuple[BusinessCalendar, datetime], offset: int, length: int
) -> None:
    calendar, moment = about
    start = moment + offset * MINUTE
    end = start + length * MINUTE
    between = calendar.business_time_between(start, end)
    assert between == counted(calendar, start, end)
    assert calendar.business_time_between(end, start) == -between


@settings(max_examples=200, deadline=None)
@given(calendars(), st.integers(-36 * 60, 36 * 60), st.timedeltas(timedelta(), timedelta(hours=60)))
def test_adding_gives_the_first_moment_by_which_the_time_has_passed(
    about: tuple[BusinessCalendar, datetime], offset: int, amount: timedelta
) -> None:
    calendar, moment = about
    start = moment + offset * MINUTE
    end = calendar.add_business_time(start, amount)
    assert calendar.business_time_between(start, end) == amount
    assume(amount)
    assert calendar.business_time_between(start, end - timedelta(microseconds=1)) < amount


@settings(max_examples=200, deadline=None)
@given(calendars(), st.integers(-30, 30), st.integers(-40, 40))
def test_business_days_are_counted_one_by_one(
    about: tuple[BusinessCalendar, datetime], offset: int, count: int
) -> None:
    calendar, moment = about
    day = moment.date() + offset * DAY
    reached = calendar.add_business_days(day, count)
    assert calendar.is_business_day(reached)
    between = [day + n * DAY for n in range(1, (reached - day).days + 1)]
    between += [day - n * DAY for n in range(1, (day - reached).days + 1)]
    worked = sum(calendar.is_business_day(one) for one in between)
    assert worked == (abs(count) or int(not calendar.is_business_day(day)))


def test_an_office_week() -> None:
    friday = datetime(2026, 11, 27, 16, tzinfo=UTC)  # 17:00 in Berlin
    assert OFFICE.add_business_time(friday, 2 * HOUR) == datetime(2026, 11, 30, 9, tzinfo=UTC)
    assert OFFICE.business_time_between(friday, friday + 3 * DAY) == 9 * HOUR
    assert OFFICE.add_business_days(date(2026, 11, 27), 1) == date(2026, 11, 30)
    assert OFFICE.add_business_days(date(2026, 11, 28), 0) == date(2026, 11, 30)
    assert OFFICE.add_business_days(date(2026, 11, 30), -1) == date(2026, 11, 27)


def test_a_day_that_is_set_forward_is_shorter() -> None:
    around_the_clock = BusinessCalendar(
        zone=ZoneInfo("Europe/Berlin"), week=frozenset(range(1, 8)), hours=(Hours(opens=time(0), closes=time(0)),)
    )
    start = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert around_the_clock.business_time_between(start, start + 23 * HOUR) == 23 * HOUR
    assert around_the_clock.add_business_time(start, 10 * HOUR) == start + 10 * HOUR


def test_time_is_not_taken_away() -> None:
    with pytest.raises(ValueError, match="not taken away"):
        OFFICE.add_business_time(datetime(2026, 1, 1, tzinfo=UTC), -HOUR)


def test_settings_say_when_it_is_worked(tmp_path: Path) -> None:
    days = tmp_path / "days.txt"
    days.write_text("2026-05-08  # a bridge\n\n+2026-05-10\n")
    calendar = Settings(
        _env_file=None, time_zone="Asia/Yekaterinburg", work_days="mon, Tue,sat", work_hours="08:00-12:00,13:00-24:00",
        holidays=f"2026-05-12,{days},RU",
    ).enterprise.calendar  # fmt: skip
    assert calendar.week == {1, 2, 6}
    assert calendar.hours == (Hours(opens=time(8), closes=time(12)), Hours(opens=time(13), closes=time(0)))
    worked = [day for day in range(1, 32) if calendar.is_business_day(date(2026, 5, day))]
    # 4, 5, 16, 18 … are days of that week; 9 is a holiday of Russia, 12 is named, 10 is a worked Sunday
    assert worked == [2, 4, 5, 10, 16, 18, 19, 23, 25, 26, 30]


@pytest.mark.parametrize(
    ("variable", "value", "said"),
    [
        ("CRM_WORK_DAYS", "mon,moonday", "moonday"),
        ("CRM_WORK_DAYS", "", "at least 1"),
        ("CRM_WORK_HOURS", "18:00-09:00", "end after they begin"),
        ("CRM_WORK_HOURS", "13:00-18:00,09:00-12:00", "follow one another"),
        ("CRM_WORK_HOURS", "nine-five", "CRM_WORK_HOURS"),
        ("CRM_HOLIDAYS", "XX", "not known"),
        ("CRM_HOLIDAYS", "2026-02-30", "CRM_HOLIDAYS"),
        ("CRM_HOLIDAYS", "/no/such/file", "no/such/file"),
        ("CRM_ROTTING_DAYS", "0", "CRM_ROTTING_DAYS"),
    ],
)
def test_settings_that_say_nothing_sensible(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, said: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(Misconfigured, match=said):
        load_settings()
