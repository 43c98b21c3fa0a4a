"""Put on record what a partner asked for, and where it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from chassis.actor import Actor
from chassis.money import Money
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.inputs import moment
from services.contacts.domain.interest import Interest
from services.contacts.domain.problems import Problems
from services.contacts.events import InterestRegistered
from services.contacts.storage.interests import Interests, interest_view
from services.contacts.storage.partners import Partners


@dataclass(frozen=True, kw_only=True)
class MoneyInput:
    """An amount in a currency."""

    amount: Decimal
    currency: str


@dataclass(frozen=True, kw_only=True)
class RegisterInterest:
    """Ask that an interest be put on record; `amount` is what it is worth, where that is known."""

    partner_id: UUID
    source: str | None = None
    campaign: str | None = None
    text: str | None = None
    amount: MoneyInput | None = None
    occurred_at: datetime | None = None


def register_interest(command: RegisterInterest, tx: Transaction, actor: Actor) -> Json:
    """Register an interest and answer it; raise Refused with everything that does not fit."""
    partner = Partners(tx).lock(command.partner_id, actor)
    problems, amount, at = Problems(), None, tx.now
    with problems.under("amount"):
        if command.amount is not None:
            amount = Money.of(command.amount.amount, command.amount.currency)
    with problems.under():
        at = moment(command.occurred_at, tx, actor)
    with problems.under():
        interest = Interest.register(
            partner.id,
            at=at,
            now=tx.now,
            source=command.source,
            campaign=command.campaign,
            text=command.text,
            amount=amount,
        )
    problems.settle()
    Interests(tx).add(interest)
    tx.emit(InterestRegistered.of(interest))
    return interest_view(interest)
