"""What a deal is worth, in its own currency and in the enterprise's."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from chassis.errors import Refused, refuse
from chassis.money import Money


@dataclass(frozen=True, kw_only=True)
class Amount:
    """Money of a deal; `base` is the same in the base currency, None while no rate is known."""

    money: Money
    base: Money | None

    @classmethod
    def of(cls, amount: Decimal, currency: str, base_currency: str) -> Amount:
        """Make an amount; raise Refused if it is negative or no money of that currency."""
        if amount < 0:
            raise refuse("INVALID_AMOUNT", f"a deal is worth nothing or more; {amount} is less", "amount", "amount")
        try:
            money = Money.of(amount, currency)
        except Refused as error:
            raise Refused(*(problem.under("amount") for problem in error.problems)) from None
        return cls.in_base(money, base_currency)

    @classmethod
    def in_base(cls, money: Money, base_currency: str) -> Amount:
        """Give money its base amount: itself in the base currency, none yet in another one."""
        return cls(money=money, base=money if money.currency == base_currency else None)

    def to_json(self) -> dict[str, Any]:
        """Give the amount in the shape of the wire."""
        return {**self.money.to_json(), "base": format(self.base.amount, "f") if self.base else None}
