"""Rates in force, and what money is worth at them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal

import sqlalchemy as sa

from chassis.money import Money, minor_digits
from services.reporting.storage.tables import rate_facts

_r = rate_facts.c
_EXACT = Context(prec=60)


def rates_in_force(connection: sa.Connection, day: date, max_age_days: int | None) -> dict[str, Decimal]:
    """Give each currency's latest rate until a day, the one that was told last where a day has several."""
    statement = sa.select(_r.currency, _r.rate).where(_r.rate_on <= day)
    if max_age_days is not None:
        statement = statement.where(_r.rate_on >= day - timedelta(days=max_age_days))
    told = connection.execute(statement.order_by(_r.rate_on, _r.recorded_at, _r.rate_id, _r.sequence))
    return {row.currency: Decimal(row.rate) for row in told}  # the last one of each currency stays


def worth(minor: int, currency: str, base_currency: str, rates: Mapping[str, Decimal]) -> int | None:
    """Give minor units of a currency in those of the base currency, halves rounded up; None without a rate."""
    if currency == base_currency:
        return minor
    if currency not in rates:
        return None
    exact = _EXACT.multiply(Money(minor=minor, currency=currency).amount, rates[currency])
    scaled = exact.scaleb(minor_digits(base_currency), context=_EXACT)
    return int(scaled.to_integral_value(rounding=ROUND_HALF_UP, context=_EXACT))
