"""Undo the merge of a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.domain.merge import unmerge
from services.deals.events import unmerged_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class UnmergeDeal:
    """Say that a merged deal is a sale of its own."""

    deal_id: UUID
    expected_version: int | None = None


def unmerge_deal(command: UnmergeDeal, tx: Transaction, actor: Actor) -> Json:
    """Let a merged deal stand by itself again, as it stood before; answer the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version, also_uncounted=True)
    from_id, unmerged = unmerge(deal, now=tx.now)
    deals.save(deal)
    tx.emit(unmerged_told(deal, unmerged, from_id))
    return deal_answer(deal, tx.enterprise.base_currency)
