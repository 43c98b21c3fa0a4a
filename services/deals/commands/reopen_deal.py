"""Reopen a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.inputs import Instant, Remark, require_import_for
from services.deals.events import transition_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class ReopenDeal:
    """Ask that a closed deal be in progress again; the reason is a remark for its history."""

    deal_id: UUID
    reason: Remark | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def reopen_deal(command: ReopenDeal, tx: Transaction, actor: Actor) -> Json:
    """Put a won or lost deal in progress again, at the stage where it was closed; answer the deal."""
    require_import_for(command.occurred_at, actor)
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    reopened = deal.reopen(reason=command.reason, at=command.occurred_at, now=tx.now)
    deals.save(deal)
    tx.emit(transition_told(deal, reopened))
    return deal_answer(deal, tx.enterprise.base_currency)
