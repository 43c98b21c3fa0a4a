"""Exchange rates in the database: found by the day they are in force on, written with their corrections."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.clock import day_of
from chassis.money import Money
from chassis.store.database import Reading, Transaction
from services.deals.domain.exchange_rate import DIGITS, ExchangeRate
from services.deals.storage.tables import exchange_rates

REVALUE_DEALS = "deals.revalue"
"""The timer that gives deals the base amounts of rates which came later."""

_MOST_AT_ONCE = 200  # a compound statement of SQLite has at most 500 parts
_r = exchange_rates.c


class StoredRates:
    """The rates that are known within one transaction or query; asks the database once for a currency's day."""

    def __init__(self, within: Transaction | Reading) -> None:
        self._connection = within.connection
        self._enterprise = within.enterprise
        self._found: dict[tuple[str, date], ExchangeRate | None] = {}

    def base_of(self, money: Money, at: datetime) -> Money | None:
        """Give money in the base currency at the rate in force on a moment's day; None where none is known."""
        return self.base_on(money, day_of(at, self._enterprise.zone))

    def base_on(self, money: Money, day: date) -> Money | None:
        """Give money in the base currency at the rate in force on a day; None where none is known."""
        if money.currency == self._enterprise.base_currency:
            return money
        rate = self.in_force(money.currency, day)
        return rate.convert(money) if rate else None

    def in_force(self, currency: str, day: date) -> ExchangeRate | None:
        """Find the latest rate of a currency until a day, if it is not too old for it."""
        if (currency, day) not in self._found:
            self._found[currency, day] = self._latest(currency, day)
        return self._found[currency, day]

    def prepare(self, days: Collection[tuple[str, date]]) -> None:
        """Find the rates of many currencies' days at once, so that asking for them costs nothing more."""
        wanted = [day for day in days if day[0] != self._enterprise.base_currency and day not in self._found]
        for start in range(0, len(wanted), _MOST_AT_ONCE):
            self._found.update(self._latest_of(wanted[start : start + _MOST_AT_ONCE]))

    def _latest_of(self, days: Sequence[tuple[str, date]]) -> dict[tuple[str, date], ExchangeRate | None]:
        asked = sa.union_all(
            *(sa.select(sa.literal(currency).label("currency"), sa.literal(day).label("day")) for currency, day in days)
        ).subquery()
        earlier = exchange_rates.alias()
        latest = (
            sa.select(sa.func.max(earlier.c.rate_on))
            .where(earlier.c.base_currency == self._enterprise.base_currency, earlier.c.currency == asked.c.currency)
            .where(earlier.c.rate_on <= asked.c.day, sa.not_(earlier.c.corrected))
            .scalar_subquery()
        )
        stands = sa.and_(
            _r.base_currency == self._enterprise.base_currency,
            _r.currency == asked.c.currency,
            _r.rate_on == latest,
            sa.not_(_r.corrected),
        )
        found: dict[tuple[str, date], ExchangeRate | None] = dict.fromkeys(days)
        statement = sa.select(asked.c.currency.label("asked"), asked.c.day, exchange_rates).join_from(
            asked, exchange_rates, stands
        )
        for row in self._connection.execute(statement):
            rate = rate_of(row)
            if rate.in_force(row.day, self._enterprise.rate_max_age_days):
                found[row.asked, row.day] = rate
        return found

    def _latest(self, currency: str, day: date) -> ExchangeRate | None:
        base = self._enterprise.base_currency
        row = self._connection.execute(
            sa.select(exchange_rates)
            .where(_r.base_currency == base, _r.currency == currency, _r.rate_on <= day, sa.not_(_r.corrected))
            .order_by(_r.rate_on.desc())
            .limit(1)
        ).first()
        rate = rate_of(row) if row else None
        return rate if rate and rate.in_force(day, self._enterprise.rate_max_age_days) else None


def current_rates(tx: Transaction, wanted: Collection[tuple[str, date]]) -> dict[tuple[str, date], sa.Row[Any]]:
    """Read, and hold, the rows that stand for currencies' days."""
    if not wanted:
        return {}
    rows = tx.connection.execute(
        sa.select(exchange_rates)
        .where(
            _r.base_currency == tx.enterprise.base_currency,
            _r.currency.in_({currency for currency, _ in wanted}),
            _r.rate_on.in_({day for _, day in wanted}),
            sa.not_(_r.corrected),
        )
        .order_by(_r.currency, _r.rate_on)  # two loads of the same rates wait for each other in one order
        .with_for_update()
    )
    return {(row.currency, row.rate_on): row for row in rows}


def store_rate(
    tx: Transaction, rate: ExchangeRate, *, id: UUID, version: int, source: str | None, recorded_by: str
) -> None:
    """Write a rate; the version before, if there is one, stays as corrected."""
    if version > 1:
        before = sa.and_(_r.id == id, _r.version == version - 1)
        tx.connection.execute(exchange_rates.update().where(before).values(corrected=True))
    tx.connection.execute(
        exchange_rates.insert(),
        {
            "id": id,
            "version": version,
            "currency": rate.currency,
            "base_currency": rate.base_currency,
            "rate_on": rate.on,
            "ten_billionths": int(rate.rate.scaleb(DIGITS)),
            "source": source,
            "corrected": False,
            "recorded_at": tx.now,
            "recorded_by": recorded_by[:200],
        },
    )


def rate_of(row: sa.Row[Any]) -> ExchangeRate:
    """Make the rate that a row holds."""
    return ExchangeRate(
        currency=row.currency,
        base_currency=row.base_currency,
        on=row.rate_on,
        rate=Decimal(row.ten_billionths).scaleb(-DIGITS),
    )
