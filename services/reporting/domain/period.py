"""Periods: half-open, in days of the business time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.clock import day_of, midnight
from chassis.errors import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The instants from `start` on and before `end`; None leaves a side open."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of_days(cls, first: date | None, end: date | None, zone: ZoneInfo, field: str = "period") -> Period:
        """Make the period that begins with a day and ends as another begins; raise Refused if it ends before it begins, or no calendar has it."""
        if first is not None and end is not None and first > end:
            raise refuse(
                "INVALID_PERIOD", f"the period ends ({end}) before it begins ({first}); swap the days", field, "from"
            )
        try:
            return cls(start=midnight(first, zone) if first else None, end=midnight(end, zone) if end else None)
        except OverflowError:  # its first or last midnight, in UTC, is of no year that there is
            raise refuse("INVALID", "no calendar of the enterprise has these days; give others", field) from None

    def __contains__(self, instant: datetime) -> bool:
        return (self.start is None or self.start <= instant) and (self.end is None or instant < self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """Whole business months from `first` on and before `end`, counted from the beginning of our era; None leaves a side open."""

    first: int | None = None
    end: int | None = None

    @classmethod
    def of(cls, period: Period, zone: ZoneInfo) -> Months | None:
        """Give a period in months; None if it does not begin and end with one."""
        sides = []
        for instant in (period.start, period.end):
            day = day_of(instant, zone) if instant is not None else None
            if day is not None and (day.day != 1 or midnight(day, zone) != instant):
                return None
            sides.append(day.year * _YEAR + day.month - 1 if day is not None else None)
        return cls(first=sides[0], end=sides[1])

    @property
    def are_all(self) -> bool:
        """Whether they are the months of all time."""
        return self.first is None and self.end is None

    def __contains__(self, month: int) -> bool:
        return (self.first is None or self.first <= month) and (self.end is None or month < self.end)

    def within(self, first: int, last: int) -> Months:
        """Give those of them that lie between two months, both included."""
        return Months(
            first=first if self.first is None else max(self.first, first),
            end=last + 1 if self.end is None else min(self.end, last + 1),
        )

    def single(self) -> list[str]:
        """Name each month; both sides have to be closed."""
        assert self.first is not None and self.end is not None
        return [month_name(month) for month in range(self.first, self.end)]

    def spans(self) -> list[str]:
        """Name the fewest spans (years, quarters, months) that make them up; both sides have to be closed."""
        assert self.first is not None and self.end is not None
        names = []
        month = self.first
        while month < self.end:
            length = next(n for n in (_YEAR, _QUARTER, 1) if month % n == 0 and month + n <= self.end)
            names.append(_span(month, length))
            month += length
        return names


ALL_TIME = ""
_YEAR, _QUARTER = 12, 3


def spans_of(month: str) -> tuple[str, str, str, str]:
    """Name the spans of time that hold a month: all time, its year "2017", its quarter "2017Q1", itself "2017-03"."""
    number = month_number(month)
    return ALL_TIME, month[:4], _span(number - number % _QUARTER, _QUARTER), month


def month_number(month: str) -> int:
    """Count the months from the beginning of our era to one: "2017-03"."""
    return int(month[:4]) * _YEAR + int(month[5:]) - 1


def _span(month: int, length: int) -> str:
    if length == 1:
        return month_name(month)
    year = f"{month // _YEAR:04}"
    return year if length == _YEAR else f"{year}Q{month % _YEAR // _QUARTER + 1}"


def month_name(month: int) -> str:
    """Name a month by its number: "2017-03"."""
    return f"{month // _YEAR:04}-{month % _YEAR + 1:02}"


def day_of_month(month: int) -> date:
    """Give the first day of a month by its number."""
    return date(month // _YEAR, month % _YEAR + 1, 1)


def months_within(first: date | None, end: date | None) -> Months:
    """Give the whole months that lie within days from `first` on and before `end`."""
    begins = first.year * _YEAR + first.month - (first.day == 1) if first is not None else None
    return Months(first=begins, end=end.year * _YEAR + end.month - 1 if end is not None else None)


def month_of(instant: datetime, zone: ZoneInfo) -> str:
    """Tell the business month of an instant: "2017-03"."""
    local = instant.astimezone(zone)
    return f"{local.year:04}-{local.month:02}"
