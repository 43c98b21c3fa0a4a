"""Rates in force."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date, datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.settings import Enterprise
from services.reporting.domain.worth import worth
from services.reporting.storage.tables import rate_facts

_r = rate_facts.c
_ORDER = (_r.rate_on, _r.recorded_at, _r.rate_id, _r.sequence)


def rates_in_force(connection: sa.Connection, day: date, max_age_days: int | None) -> dict[str, Decimal]:
    """Give each currency's latest rate until a day, the one that was told last where a day has several."""
    statement = sa.select(_r.currency, _r.rate).where(_r.rate_on <= day)
    if max_age_days is not None:
        statement = statement.where(_r.rate_on >= day - timedelta(days=max_age_days))
    told = connection.execute(statement.order_by(*_ORDER))
    return {row.currency: Decimal(row.rate) for row in told}  # the last one of each currency stays


class DatedRates:
    """The rates of all days, as they were known at a moment (None: now); a currency is read when it is first asked for."""

    def __init__(self, connection: sa.Connection, enterprise: Enterprise, known_at: datetime | None) -> None:
        self._connection = connection
        self._enterprise = enterprise
        self._known_at = known_at
        self._days: dict[str, tuple[list[date], list[Decimal]]] = {}

    def base_of(self, minor: int | None, currency: str | None, told: int | None, at: datetime) -> int | None:
        """Give what a document's money is in minor units of the base currency, at the rate in force on its day.

        `told` is what the document told of it: rates that came later, or were corrected, go before it.
        """
        if minor is None or currency is None or currency == self._enterprise.base_currency:
            return told
        rate = self._in_force(currency, day_of(at, self._enterprise.zone))
        if rate is None:
            return told
        return worth(minor, currency, self._enterprise.base_currency, {currency: rate})

    def _in_force(self, currency: str, day: date) -> Decimal | None:
        if currency not in self._days:
            self._days[currency] = self._read(currency)
        days, rates = self._days[currency]
        place = bisect_right(days, day)
        oldest = self._enterprise.rate_max_age_days
        if not place or (oldest is not None and days[place - 1] < day - timedelta(days=oldest)):
            return None
        return rates[place - 1]

    def _read(self, currency: str) -> tuple[list[date], list[Decimal]]:
        statement = sa.select(_r.rate_on, _r.rate).where(_r.currency == currency)
        if self._known_at is not None:
            statement = statement.where(_r.recorded_at <= self._known_at)
        told = self._connection.execute(statement.order_by(*_ORDER))
        of_days = {row.rate_on: Decimal(row.rate) for row in told}  # the last one of each day stays
        return list(of_days), list(of_days.values())
