"""Time: instants are UTC and aware; days are the enterprise's."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo


def utc_now() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)


def day_of(instant: datetime, zone: ZoneInfo) -> date:
    """Tell the business day on which an instant falls."""
    return instant.astimezone(zone).date()


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """Give the instant at which a business day begins, in UTC."""
    return datetime.combine(day, time.min, tzinfo=zone).astimezone(UTC)
