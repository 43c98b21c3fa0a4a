"""A page of exchange rates."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.storage.exchange_rates import rate_of
from services.deals.storage.tables import exchange_rates

_r = exchange_rates.c
_NEWEST_FIRST = [Order(_r.rate_on, descending=True), Order(_r.id, descending=True), Order(_r.version, descending=True)]


@dataclass(frozen=True, kw_only=True)
class DaySpan:
    """Days from one, until another that is not among them."""

    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class ListExchangeRates:
    """Ask for the rates of a currency, or of all, in the base currency; on request with those that were corrected."""

    currency: str | None = None
    period: DaySpan = field(default_factory=DaySpan)
    corrected: bool = False
    page: PageRequest = field(default_factory=PageRequest)


def list_exchange_rates(query: ListExchangeRates, reading: Reading, actor: Actor) -> Json:
    """Give a page of rates, the newest days first; rates are no secret."""
    select = sa.select(exchange_rates).where(_r.base_currency == reading.enterprise.base_currency)
    if not query.corrected:
        select = select.where(sa.not_(_r.corrected))
    if query.currency is not None:
        select = select.where(_r.currency == query.currency)
    if query.period.since is not None:
        select = select.where(_r.rate_on >= query.period.since)
    if query.period.until is not None:
        select = select.where(_r.rate_on < query.period.until)
    return page(reading.connection, select, _NEWEST_FIRST, query.page, _json)


def _json(row: sa.Row[Any]) -> Json:
    return {
        "id": row.id,
        "currency": row.currency,
        "base_currency": row.base_currency,
        "date": row.rate_on,
        "rate": format(rate_of(row).rate.normalize(), "f"),
        "source": row.source,
        "corrected": row.corrected,
        "recorded_at": row.recorded_at,
    }
