"""Periods: half-open, in days of the business time zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from chassis.clock import midnight
from chassis.errors import refuse


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The instants from `start` on and before `end`; None leaves a side open."""

    start: datetime | None = None
    end: datetime | None = None

    @classmethod
    def of_days(cls, first: date | None, end: date | None, zone: ZoneInfo) -> Period:
        """Make the period that begins with a day and ends as another begins; raise Refused if it ends before it begins."""
        if first is not None and end is not None and first > end:
            raise refuse(
                "INVALID_PERIOD", f"the period ends ({end}) before it begins ({first}); swap the days", "period", "from"
            )
        return cls(start=midnight(first, zone) if first else None, end=midnight(end, zone) if end else None)

    def __contains__(self, instant: datetime) -> bool:
        return (self.start is None or self.start <= instant) and (self.end is None or instant < self.end)


def month_of(instant: datetime, zone: ZoneInfo) -> str:
    """Tell the business month of an instant: "2017-03"."""
    local = instant.astimezone(zone)
    return f"{local.year:04}-{local.month:02}"
