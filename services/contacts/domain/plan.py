"""When something is planned for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from chassis.clock import midnight
from chassis.errors import refuse

_LONGEST = timedelta(days=366)
_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """From a moment to another one, in the time zone it was planned in; whole days go from midnight to midnight."""

    start: datetime
    end: datetime
    all_day: bool
    time_zone: str

    @classmethod
    def at(cls, start: datetime, end: datetime | None, zone: ZoneInfo) -> Plan:
        """Plan for a moment, up to another one where it is known; raise Refused if it would end before it begins."""
        return cls(start=start, end=end or start, all_day=False, time_zone=zone.key)._checked("endsAt")

    @classmethod
    def on(cls, first: date, last: date | None, zone: ZoneInfo) -> Plan:
        """Plan for whole days, both included; raise Refused if the last is before the first."""
        last = last or first
        if last.year >= date.max.year:
            raise refuse("INVALID", "that is further off than anything is planned", "endsOn")
        if last < first:
            raise refuse("ENDS_BEFORE_START", "it cannot end before it begins", "endsOn")
        start, end = midnight(first, zone), midnight(last + _DAY, zone)
        return cls(start=start, end=end, all_day=True, time_zone=zone.key)._checked("endsOn")

    def as_long_as(self, other: Plan) -> Plan:
        """Give the plan from the same start on with the length of another one, where both are of one sort."""
        if self.all_day is not other.all_day:
            return self
        if not self.all_day:
            return replace(self, end=self.start + (other.end - other.start))
        zone, its = ZoneInfo(self.time_zone), ZoneInfo(other.time_zone)
        days = other.end.astimezone(its).date() - other.start.astimezone(its).date()
        return replace(self, end=midnight(self.start.astimezone(zone).date() + days, zone))

    def require_ahead(self, now: datetime, furthest: timedelta) -> Plan:
        """Raise Refused if it is over already, or further ahead than anything is planned."""
        field = "startsOn" if self.all_day else "startsAt"
        if self.end < now:
            raise refuse("PLANNED_IN_PAST", "that has passed; register what took place, or plan a time to come", field)
        if self.start > now + furthest:
            raise refuse("INVALID", "that is further off than anything is planned", field)
        return self

    def _checked(self, field: str) -> Plan:
        if self.end < self.start:
            raise refuse("ENDS_BEFORE_START", "it cannot end before it begins", field)
        if self.end - self.start > _LONGEST:
            raise refuse("INVALID", "an interaction is planned for a year at most", field)
        return self


def known_zone(name: str, *field: str) -> ZoneInfo:
    """Give a time zone by its name; raise Refused if there is none such."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # it looks for a file: a name may be too long, or a folder's
        raise refuse("UNKNOWN_TIME_ZONE", f"{name[:60]!r} is no time zone, like Europe/Berlin", *field) from None
