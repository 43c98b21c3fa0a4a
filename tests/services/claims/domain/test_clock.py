"""The clocks of claims, against counting minute by minute."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from chassis.business_calendar import BusinessCalendar, Hours
from services.claims.domain.clock import Pause, PauseKind, due_at, is_late, runs_between, time_used

MINUTE = timedelta(minutes=1)
BEGAN = datetime(2026, 3, 26, 7, tzinfo=UTC)  # a Thursday; on Sunday Berlin sets its clocks forward
CALENDAR = BusinessCalendar(zone=ZoneInfo("Europe/Berlin"), hours=(Hours(opens=time(9), closes=time(11)),))


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """Pauses that follow one another, the last of which may last; in minutes since the beginning."""
    moments = sorted(draw(st.lists(st.integers(0, 7 * 24 * 60), max_size=8)))
    kinds = st.sampled_from(PauseKind)
    made = [
        Pause(kind=draw(kinds), began_at=BEGAN + begins * MINUTE, ended_at=BEGAN + ends * MINUTE)
        for begins, ends in zip(moments[::2], moments[1::2], strict=False)
    ]
    if len(moments) % 2:
        made.append(Pause(kind=draw(kinds), began_at=BEGAN + moments[-1] * MINUTE))
    return made


def counted(stopped: list[Pause], until: datetime) -> list[datetime]:
    """Give the minutes on which the clock ran before a moment, in order."""
    minutes = (BEGAN + n * MINUTE for n in range((until - BEGAN) // MINUTE))
    return [minute for minute in minutes if _worked_at(minute) and not any(_within(p, minute) for p in stopped)]


def _worked_at(minute: datetime) -> bool:
    wall = minute.astimezone(CALENDAR.zone)
    return wall.isoweekday() <= 5 and 9 <= wall.hour < 11


def _within(pause: Pause, minute: datetime) -> bool:
    return pause.began_at <= minute and (pause.ended_at is None or minute < pause.ended_at)


@settings(max_examples=50, deadline=None)
@given(pauses(), st.integers(0, 8 * 24 * 60))
def test_time_used_is_what_counting_minutes_gives(stopped: list[Pause], after: int) -> None:
    until = BEGAN + after * MINUTE
    assert time_used(runs_between(BEGAN, stopped), until, CALENDAR) == len(counted(stopped, until)) * MINUTE


@settings(max_examples=50, deadline=None)
@given(pauses(), st.integers(1, 12 * 60), st.integers(0, 8 * 24 * 60))
def test_what_is_due_is_due_at_the_end_of_the_last_minute_allowed(stopped: list[Pause], allowed: int, now: int) -> None:
    runs = runs_between(BEGAN, stopped)
    due = due_at(runs, allowed * MINUTE, CALENDAR)
    ran = counted(stopped, BEGAN + 30 * 24 * 60 * MINUTE)
    assert due == (_runs_on(stopped, ran[allowed - 1] + MINUTE) if len(ran) >= allowed else None)
    at = BEGAN + now * MINUTE
    if due is not None and len(counted(stopped, at)) > allowed:
        assert is_late(runs, due, at)
    if due is None or at <= due:
        assert not is_late(runs, due, at)


def _runs_on(stopped: list[Pause], moment: datetime) -> datetime | None:
    """Give a moment, or the end of the pauses that it falls into."""
    ends: datetime | None = moment
    for pause in stopped:
        if ends is not None and _within(pause, ends):
            ends = pause.ended_at
    return ends


def test_a_clock_that_stopped_in_time_is_not_late_however_long_it_stands() -> None:
    stopped = Pause(kind=PauseKind.CLOSED, began_at=BEGAN + 90 * MINUTE)
    allowed = 30 * MINUTE  # worked from eight (UTC) on: just what was used when it stopped
    runs = runs_between(BEGAN, [stopped])
    assert due_at(runs, allowed, CALENDAR) is None
    assert not is_late(runs, None, BEGAN + timedelta(days=30))
    assert due_at(runs_between(BEGAN, []), allowed, CALENDAR) == stopped.began_at
    goes_on = replace(stopped, ended_at=BEGAN + 100 * MINUTE)
    runs = runs_between(BEGAN, [goes_on])
    due = due_at(runs, allowed, CALENDAR)
    assert due == goes_on.ended_at
    assert is_late(runs, due, BEGAN + 101 * MINUTE)
