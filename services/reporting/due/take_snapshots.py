"""Keep forecasts on their days."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from chassis.business_calendar import BusinessCalendar
from chassis.clock import day_of, midnight
from chassis.store.database import Transaction
from chassis.store.timers import Due
from services.reporting.commands.take_forecast_snapshot import take
from services.reporting.domain.forecasts.forecast import Days
from services.reporting.domain.period import Period

TAKE_SNAPSHOTS = "reporting.take_snapshots"
_MINIMUM_DEALS = 20


def at_once(now: datetime, zone: ZoneInfo) -> datetime:
    """Tell that the first snapshots are taken as soon as there is a service to take them."""
    return now


def take_snapshots(due: Due, tx: Transaction) -> None:
    """Keep the forecast of the month, by either method, each business day; of the quarter on the first one of a month."""
    zone, calendar = tx.enterprise.zone, tx.enterprise.calendar
    today = day_of(tx.now, zone)
    if calendar.is_business_day(today):
        periods = [month_of_day(today)]
        if calendar.add_business_days(today, -1).month != today.month:
            periods.append(quarter_of_day(today))
        for days in periods:
            for method in ("STAGE", "LEARNED"):
                take(tx, days, Period.of_days(days.first, days.end, zone), method, _MINIMUM_DEALS)
    tx.schedule(TAKE_SNAPSHOTS, due.key, midnight(next_business_day(today, calendar), zone))


def next_business_day(day: date, calendar: BusinessCalendar) -> date:
    """Give the first business day after a day."""
    return calendar.add_business_days(day + timedelta(days=1), 0)


def month_of_day(day: date) -> Days:
    """Give the month of a day."""
    return _months(day.replace(day=1), 1)


def quarter_of_day(day: date) -> Days:
    """Give the quarter of a day."""
    return _months(day.replace(month=day.month - (day.month - 1) % 3, day=1), 3)


def _months(first: date, count: int) -> Days:
    month = first.month - 1 + count
    return Days(first=first, end=first.replace(year=first.year + month // 12, month=month % 12 + 1))
