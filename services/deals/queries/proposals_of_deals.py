"""The proposals of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.proposal_view import proposals_shown
from services.deals.storage.tables import proposals


@dataclass(frozen=True, kw_only=True)
class ProposalsOfDeals:
    """Ask for the proposals of deals."""

    deal_ids: list[UUID]


def proposals_of_deals(query: ProposalsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the proposals of each deal, the oldest first; none for a deal that is not within reach."""
    shown = shown_under(reading, actor, query.deal_ids)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for proposal in proposals_shown(reading, proposals.c.deal_id.in_(shown)):
        for deal_id in shown[proposal["deal_id"]]:
            by_deal[deal_id].append(proposal)
    return {"proposals": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
