"""Take notice that a proposal was not answered while it was valid."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.store.database import Transaction
from chassis.store.timers import Due
from chassis.wire import parse
from services.deals.commands.keep_proposals import keep_proposals
from services.deals.storage.deals import Deals
from services.deals.storage.proposals import Proposals

_LOOKED_AT_AGAIN = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class OfDeal:
    """What the timer was given."""

    deal_id: UUID


def expire_proposal(due: Due, tx: Transaction) -> None:
    """Record NO_ANSWER for a version whose last day is over, unless it was answered or superseded meanwhile.

    Nothing happens to a deal that is voided or merged; that may be taken back, so the next day looks again.
    """
    deals, proposals = Deals(tx, SYSTEM), Proposals(tx, SYSTEM)
    deal = deals.get(parse(OfDeal, due.data).deal_id, also_uncounted=True)
    if not deal.is_counted:
        tx.schedule(due.name, due.key, tx.now + _LOOKED_AT_AGAIN, due.data)
        return
    of_deal = proposals.of_deal(deal)
    if of_deal.expire(UUID(due.key), now=tx.now):
        keep_proposals(of_deal, proposals, deals, tx)
