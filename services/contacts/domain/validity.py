"""From when to when something holds, in business days."""

from __future__ import annotations

from datetime import date

from chassis.errors import refuse

_EARLIEST, _LATEST = date(1900, 1, 1), date(2200, 1, 1)


def checked_day(day: date | None, *field: str) -> date | None:
    """Take a day that people may mean; raise Refused for one of another age of the world."""
    if day is not None and not _EARLIEST <= day < _LATEST:
        raise refuse("INVALID", f"{day} lies outside of 1900 to 2199; check the year", *field)
    return day


def check_interval(valid_from: date | None, valid_to: date | None) -> None:
    """Raise Refused unless an interval (from ≤ day < to) begins before it ends."""
    checked_day(valid_from, "validFrom")
    checked_day(valid_to, "validTo")
    if valid_from is not None and valid_to is not None and valid_to < valid_from:
        raise refuse("INVALID_INTERVAL", "what ends cannot begin later; give a later validTo", "validTo")


def check_past(day: date, today: date, *field: str) -> None:
    """Raise Refused for a day that is still to come."""
    if day > today:
        raise refuse("OCCURRED_IN_FUTURE", f"{day} is still to come; give a day up to {today}", *field)
