"""Change a deal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.inputs import UNSET, AmountInput, Products, Title
from services.deals.domain.deal import CHANGEABLE
from services.deals.domain.probability import probability
from services.deals.events import change_told
from services.deals.storage.activity import note_activity
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class ChangeDeal:
    """Ask that fields of a deal change; what is not named stays as it is, null takes a value away."""

    deal_id: UUID
    expected_version: int | None = None
    title: Title = UNSET
    partner_id: UUID | None = UNSET
    manager_id: UUID | None = UNSET
    amount: AmountInput | None = UNSET
    expected_close_on: date | None = UNSET
    planned_start_on: date | None = UNSET
    probability: Decimal | None = UNSET
    products: Products = UNSET


def change_deal(command: ChangeDeal, tx: Transaction, actor: Actor) -> Json:
    """Change a deal in progress; answer the deal. A change to what already is writes nothing and tells nothing."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    base_currency = tx.enterprise.base_currency
    changed = deal.change(_changes(command, base_currency), at=tx.now)
    if changed:
        deals.save(deal)
        note_activity(tx, [deal.id], tx.now)
        tx.emit(change_told(deal, changed, tx.now))
    return deal_answer(deal, base_currency)


def _changes(command: ChangeDeal, base_currency: str) -> dict[str, Any]:
    changes = {name: getattr(command, name) for name in CHANGEABLE if getattr(command, name) is not UNSET}
    if not changes:
        raise refuse("REQUIRED", "name at least one field to change")
    if changes.get("amount") is not None:
        changes["amount"] = changes["amount"].in_base(base_currency)
    if "probability" in changes:
        changes["probability"] = probability(changes["probability"])
    return changes
