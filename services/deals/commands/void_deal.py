"""Void a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import drop_step
from services.deals.commands.inputs import Reason
from services.deals.domain.void import void
from services.deals.events import voided_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class VoidDeal:
    """Say that a deal was registered by mistake."""

    deal_id: UUID
    reason: Reason
    expected_version: int | None = None


def void_deal(command: VoidDeal, tx: Transaction, actor: Actor) -> Json:
    """Void a deal, which leaves lists and figures and stays readable; answer the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    voided = void(deal, reason=command.reason, now=tx.now)
    deals.save(deal)
    tx.emit(voided_told(deal, voided))
    drop_step(deal, tx, actor)
    return deal_answer(deal, tx.enterprise.base_currency)
