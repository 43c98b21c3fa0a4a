"""Resume a deal that is on hold."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.deals.answers import deal_answer
from services.deals.domain.hold import resume
from services.deals.events import resumed_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class ResumeDeal:
    """Ask that a deal go on."""

    deal_id: UUID
    expected_version: int | None = None


def resume_deal(command: ResumeDeal, tx: Transaction, actor: Actor) -> Json:
    """Go on with a deal on hold; answer the deal."""
    deals = Deals(tx, actor)
    deal = deals.get(command.deal_id, expected_version=command.expected_version)
    resumed = resume(deal, now=tx.now)
    deals.save(deal)
    tx.emit(resumed_told(deal, resumed))
    return deal_answer(deal, tx.enterprise.base_currency)
