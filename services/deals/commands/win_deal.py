"""Win a deal."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.following import follow
from services.deals.commands.inputs import Instant, require_import_for
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class WinDeal:
    """Say that a deal is won."""

    deal_id: UUID
    expected_version: int | None = None
    occurred_at: Instant | None = None


def win_deal(command: WinDeal, tx: Transaction, actor: Actor) -> Json:
    """Win a deal whose process does not leave that to a shipment; answer the deal."""
    require_import_for(command.occurred_at, actor)
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    won = deal.win(at=command.occurred_at, now=tx.now)
    deals.save(deal)
    follow(won, deal, tx, actor, imported=command.occurred_at is not None)
    return deal_answer(deal, tx.enterprise.base_currency)
