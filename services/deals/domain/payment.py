"""Payments (оплата): money received from a client within a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from chassis.errors import refuse
from chassis.ids import new_id
from chassis.money import Money
from services.deals.domain.external_ref import ExternalRef
from services.deals.domain.kinds import PAYMENT


@dataclass(kw_only=True)
class Payment:
    """Money received, against an order or, with none named, against whatever is due; a reversed one counts no more."""

    id: UUID
    deal_id: UUID
    order_id: UUID | None
    number: str
    money: Money
    paid_on: date
    external_ref: ExternalRef | None = None
    version: int = 1
    reversed_on: date | None = None

    @classmethod
    def receive(
        cls,
        *,
        deal_id: UUID,
        order_id: UUID | None,
        number: str,
        money: Money,
        paid_on: date,
        external_ref: ExternalRef | None = None,
    ) -> Payment:
        """Make a payment; raise Refused if it is no money."""
        if money.minor <= 0:
            raise refuse("INVALID_AMOUNT", f"a payment is more than nothing; {money.amount} is not", "amount", "amount")
        return cls(
            id=new_id(PAYMENT),
            deal_id=deal_id,
            order_id=order_id,
            number=number,
            money=money,
            paid_on=paid_on,
            external_ref=external_ref,
        )

    def reverse(self, on: date) -> None:
        """Take the payment back: the money did not stay."""
        if self.reversed_on is not None:
            raise refuse("ALREADY_REVERSED", f"the payment was reversed on {self.reversed_on}", "payment")
        if on < self.paid_on:
            message = f"the payment came on {self.paid_on}; it cannot have gone before"
            raise refuse("REVERSED_BEFORE_PAID", message, "reversedOn")
        self.reversed_on = on
        self.version += 1
