"""Resume a deal whose hold is over."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from chassis.wire import parse
from services.deals.domain.hold import resume
from services.deals.events import resumed_told
from services.deals.storage.deals import Deals


@dataclass(frozen=True, kw_only=True)
class HeldDeal:
    """What the timer carries."""

    deal_id: UUID


def resume_held_deal(due: Due, tx: Transaction) -> None:
    """Go on with a deal: the timer stands only as long as the deal is on hold."""
    deals = Deals(tx, SYSTEM)
    deal = deals.get(parse(HeldDeal, due.data).deal_id)
    resumed = resume(deal, now=tx.now)
    deals.save(deal)
    tx.emit(resumed_told(deal, resumed))
