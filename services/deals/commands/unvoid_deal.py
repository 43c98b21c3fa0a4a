"""Take back that a deal is voided."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.domain.void import unvoid
from services.deals.events import unvoided_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class UnvoidDeal:
    """Say that a voided deal was no mistake."""

    deal_id: UUID
    expected_version: int | None = None


def unvoid_deal(command: UnvoidDeal, tx: Transaction, actor: Actor) -> Json:
    """Let a voided deal stand as it stood before; answer the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version, also_uncounted=True)
    unvoided = unvoid(deal, now=tx.now)
    deals.save(deal)
    tx.emit(unvoided_told(deal, unvoided))
    return deal_answer(deal, tx.enterprise.base_currency)
