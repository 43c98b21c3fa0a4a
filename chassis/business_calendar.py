"""Business time: what passes only in the enterprise's working hours."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from chassis.days_off import DaysOff

_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Hours of a working day, half-open; midnight as their end is that of the day's end."""

    opens: time
    closes: time

    def __post_init__(self) -> None:
        if self.closes != time.min and self.closes <= self.opens:
            raise ValueError(f"working hours end after they begin, on the same day; {self.opens}-{self.closes} do not")


@dataclass(frozen=True, kw_only=True)
class BusinessCalendar:
    """When an enterprise works: hours of the days of its week (Monday is 1), but for its days off, in its time zone.

    Hours are read from the clock on the wall: a day on which it is set forward in working hours has less of them. Where
    it shows a time twice, the first one counts; where it skips a time, the moment at which it does.
    """

    zone: ZoneInfo
    week: frozenset[int] = frozenset({1, 2, 3, 4, 5})
    hours: tuple[Hours, ...] = (Hours(opens=time(9), closes=time(18)),)
    days_off: DaysOff = field(default_factory=DaysOff)

    def is_business_day(self, day: date) -> bool:
        """Tell whether a day is worked on."""
        return self.days_off.says_of(day, worked=day.isoweekday() in self.week)

    def add_business_days(self, day: date, count: int) -> date:
        """Give the business day that lies so many after a day, or before it; 0 gives the day, or the first one after it."""
        step = -_DAY if count < 0 else _DAY
        if count == 0:
            day, count = day - _DAY, 1
        for _ in range(abs(count)):
            day += step
            while not self.is_business_day(day):
                day += step
        return day

    def business_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Tell how much business time lies between two moments; less than none where the end is before the start."""
        if end < start:
            return -self.business_time_between(end, start)
        passed = timedelta()
        for opens, closes in self._spans(start):
            if opens >= end:
                break
            passed += min(closes, end) - max(opens, start)
        return passed

    def add_business_time(self, start: datetime, amount: timedelta) -> datetime:
        """Give the first moment by which so much business time has passed since another one."""
        if amount < timedelta():
            raise ValueError(f"business time is added, not taken away: {amount}")
        if not amount:
            return start
        for opens, closes in self._spans(start):
            begins = max(opens, start)
            if closes - begins >= amount:
                return begins + amount
            amount -= closes - begins
        raise ValueError("there are no working hours left")

    def _spans(self, start: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Give the working hours that end after a moment, as instants in UTC."""
        day = start.astimezone(self.zone).date()
        while day < date.max:
            if self.is_business_day(day):
                for hours in self.hours:
                    opens = self._moment(day, hours.opens)
                    closes = self._moment(day + _DAY if hours.closes == time.min else day, hours.closes)
                    if closes > start and closes > opens:
                        yield opens, closes
            day += _DAY

    def _moment(self, day: date, at: time) -> datetime:
        """Give the first moment at which the clock shows a time of a day, or has skipped it."""
        wall = datetime.combine(day, at)
        moment = wall.replace(tzinfo=self.zone).astimezone(UTC)
        if self._wall(moment) == wall:
            return moment
        # the clock skips it: read with the offset of before and of after, the two moments have the skip between them
        earliest = wall.replace(tzinfo=self.zone, fold=1).astimezone(UTC)
        minutes = range((moment - earliest) // _MINUTE)
        return earliest + _MINUTE * bisect_left(minutes, True, key=lambda m: self._wall(earliest + m * _MINUTE) >= wall)

    def _wall(self, moment: datetime) -> datetime:
        return moment.astimezone(self.zone).replace(tzinfo=None)
