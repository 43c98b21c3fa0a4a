"""The obligations of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.queries.rows_of_deals import of_these_deals
from services.deals.storage.ledgers import read_obligations
from services.deals.storage.tables import obligations


@dataclass(frozen=True, kw_only=True)
class ObligationsOfDeals:
    """Ask for the obligations of deals."""

    deal_ids: list[UUID]


def obligations_of_deals(query: ObligationsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the obligations of each deal, the oldest first; none for a deal that is not within reach."""
    today = day_of(reading.now, reading.enterprise.zone)
    found = read_obligations(reading.connection, *of_these_deals(actor, obligations.c.deal_id, query.deal_ids))
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for one in found:
        by_deal[one.deal_id].append(obligation_json(one, today))
    return {"obligations": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
