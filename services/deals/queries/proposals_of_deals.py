"""The proposals of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.proposal_view import proposals_shown
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, proposals


@dataclass(frozen=True, kw_only=True)
class ProposalsOfDeals:
    """Ask for the proposals of deals."""

    deal_ids: list[UUID]


def proposals_of_deals(query: ProposalsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the proposals of each deal, the oldest first; none for a deal that is not within reach."""
    reached = sa.select(deals.c.id).where(deals.c.id.in_(query.deal_ids), *within_reach(actor, deals.c.manager_id))
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for proposal in proposals_shown(reading, proposals.c.deal_id.in_(reached)):
        by_deal[proposal["deal_id"]].append(proposal)
    return {"proposals": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
