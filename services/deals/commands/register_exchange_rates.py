"""Register exchange rates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import sqlalchemy as sa
from pydantic import Field, StringConstraints

from chassis.actor import Actor
from chassis.clock import day_of, midnight
from chassis.errors import Forbidden, Refused, refuse
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import NO_NUL, Json, parse
from services.deals.domain.exchange_rate import ExchangeRate
from services.deals.domain.kinds import EXCHANGE_RATE
from services.deals.events import ExchangeRateRegistered
from services.deals.storage.exchange_rates import REVALUE_DEALS, current_rates, rate_of, store_rate

LARGEST_BATCH = 500

Source = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100, pattern=NO_NUL)]


@dataclass(frozen=True, kw_only=True)
class RegisterExchangeRates:
    """Tell of many rates at once; each row is a RatedDay and is taken or refused by itself."""

    rows: Annotated[list[Json], Field(max_length=LARGEST_BATCH)]
    source: Source | None = None


@dataclass(frozen=True, kw_only=True)
class RatedDay:
    """One row: what a unit of a currency is worth in the base currency from a day on."""

    currency: str
    date: date
    rate: Decimal


def register_exchange_rates(command: RegisterExchangeRates, tx: Transaction, actor: Actor) -> Json:
    """Take rates over, and set about giving deals the base amounts they ask for; answer a result for each row.

    A rate of a day that has one corrects it; what is known already writes nothing.
    """
    if not actor.scopes & {"import", "admin"}:
        raise Forbidden("this takes the scope `import` or `admin`")
    results: list[Json] = [None] * len(command.rows)
    told: dict[int, ExchangeRate] = {}
    for place, raw in enumerate(command.rows):
        try:
            told[place] = _rate(parse(RatedDay, raw), tx)
        except Refused as error:
            results[place] = {"status": "REFUSED", "id": None, "problems": [one.to_json() for one in error.problems]}
    known = current_rates(tx, {(rate.currency, rate.on) for rate in told.values()})
    standing = {day: (row.id, row.version, rate_of(row).rate) for day, row in known.items()}
    changed: dict[str, date] = {}
    for place, rate in told.items():
        day = (rate.currency, rate.on)
        rate_id, version, before = standing.get(day, (new_id(EXCHANGE_RATE), 0, None))
        status = "CREATED" if before is None else "UNCHANGED" if before == rate.rate else "UPDATED"
        if status != "UNCHANGED":
            standing[day] = (rate_id, version + 1, rate.rate)
            _store(tx, actor, rate, id=rate_id, version=version + 1, source=command.source)
            changed[rate.currency] = min(rate.on, changed.get(rate.currency, rate.on))
        results[place] = {"status": status, "id": rate_id, "problems": []}
    for currency, since in changed.items():
        # a key of its own: one that runs already has begun with the rates as they were
        data = {"currency": currency, "since": midnight(since, tx.enterprise.zone)}
        tx.schedule(REVALUE_DEALS, str(new_id(EXCHANGE_RATE)), tx.now, data)
    return {"results": results}


def _rate(day: RatedDay, tx: Transaction) -> ExchangeRate:
    today = day_of(tx.now, tx.enterprise.zone)
    return ExchangeRate.of(day.currency, tx.enterprise.base_currency, day.date, day.rate, today=today)


def _store(tx: Transaction, actor: Actor, rate: ExchangeRate, **how: Any) -> None:
    try:
        store_rate(tx, rate, **how, recorded_by=actor.subject)
    except sa.exc.IntegrityError:
        raise refuse("CONFLICT", "another registered rates of these days at this moment; register them again") from None
    tx.emit(
        ExchangeRateRegistered(
            rate_id=how["id"],
            sequence=how["version"],
            occurred_at=tx.now,
            currency=rate.currency,
            base_currency=rate.base_currency,
            rate_on=rate.on,
            rate=rate.rate,
        )
    )
