"""What money is in the base currency."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.commands.inputs import AmountInput
from services.deals.domain.amount import Amount
from services.deals.storage.exchange_rates import StoredRates


@dataclass(frozen=True, kw_only=True)
class Convert:
    """Ask what money is in the base currency at the rate in force on a day, today if not said."""

    money: AmountInput
    on: date | None = None


def convert(query: Convert, reading: Reading, actor: Actor) -> Json:
    """Give the money with its base amount, which is null where no rate is known; rates are no secret."""
    money = query.money.in_base(reading.enterprise.base_currency).money
    day = query.on or day_of(reading.now, reading.enterprise.zone)
    return Amount(money=money, base=StoredRates(reading).base_on(money, day)).to_json()
