"""What money of a deal's documents is in the base currency."""

from __future__ import annotations

from chassis.money import Money
from chassis.store.database import Transaction
from services.deals.domain.amount import Amount


def in_base(tx: Transaction, money: Money) -> Amount:
    """Give money its base amount, where a rate is known."""
    return Amount.in_base(money, tx.enterprise.base_currency)
