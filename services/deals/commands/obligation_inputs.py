"""How much is owed, as it is put in: money, or a quantity."""

from __future__ import annotations

from decimal import Decimal

from chassis.errors import Refused, refuse
from chassis.money import Money
from services.deals.commands.inputs import AmountInput
from services.deals.domain.quantities import required
from services.deals.storage.quantities import micro


def size_of(amount: AmountInput | None, quantity: Decimal | None) -> tuple[int, str | None]:
    """Give a size and its currency, None of a quantity; raise Refused unless exactly one of them is given."""
    if (amount is None) == (quantity is None):
        raise refuse("INVALID", "give an amount or a quantity, and not both", "amount")
    if quantity is not None:
        return micro(required(quantity, "quantity")), None
    assert amount is not None
    try:
        money = Money.of(amount.amount, amount.currency)
    except Refused as error:
        raise Refused(*(problem.under("amount") for problem in error.problems)) from None
    if money.minor <= 0:
        raise refuse(
            "INVALID_AMOUNT", f"it is more than nothing that is owed; {money.amount} is not", "amount", "amount"
        )
    return money.minor, money.currency
