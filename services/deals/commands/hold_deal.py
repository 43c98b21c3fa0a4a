"""Put a deal on hold."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.commands.inputs import Instant, Reason
from services.deals.domain.hold import put_on_hold
from services.deals.events import held_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class HoldDeal:
    """Ask that a deal wait; at `until`, where it is given, it goes on by itself."""

    deal_id: UUID
    reason: Reason
    until: Instant | None = None
    expected_version: int | None = None


def hold_deal(command: HoldDeal, tx: Transaction, actor: Actor) -> Json:
    """Put a deal in progress on hold; answer the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    held = put_on_hold(deal, reason=command.reason, until=command.until, now=tx.now)
    deals.save(deal)
    tx.emit(held_told(deal, held))
    return deal_answer(deal, tx.enterprise.base_currency)
