"""What money of a deal's documents is in the base currency."""

from __future__ import annotations

from datetime import datetime

from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.amount import Amount
from services.deals.storage.exchange_rates import StoredRates


def in_base(tx: Transaction, money: Money, at: datetime) -> Amount:
    """Give money its base amount at the rate of a moment; none where no rate is known."""
    return Amount(money=money, base=StoredRates(tx).base_of(money, at))
