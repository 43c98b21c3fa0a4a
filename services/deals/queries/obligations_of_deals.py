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
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.ledgers import read_obligations
from services.deals.storage.tables import obligations
from services.deals.storage.valuing import due_or_today, valued


@dataclass(frozen=True, kw_only=True)
class ObligationsOfDeals:
    """Ask for the obligations of deals."""

    deal_ids: list[UUID]


def obligations_of_deals(query: ObligationsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the obligations of each deal, the oldest first; none for a deal that is not within reach."""
    today = day_of(reading.now, reading.enterprise.zone)
    shown = shown_under(reading, actor, query.deal_ids)
    found = read_obligations(reading.connection, obligations.c.deal_id.in_(shown))
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for one in found:
        for deal_id in shown[one.deal_id]:
            by_deal[deal_id].append(obligation_json(one, today))
    valued(reading, [one for of_deal in by_deal.values() for one in of_deal], due_or_today(reading))
    return {"obligations": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
