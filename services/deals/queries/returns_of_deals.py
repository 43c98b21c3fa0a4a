"""The returns of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import return_json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.shipments import read_returns
from services.deals.storage.tables import returns
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class ReturnsOfDeals:
    """Ask for the returns of deals."""

    deal_ids: list[UUID]


def returns_of_deals(query: ReturnsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the returns of each deal, the oldest first; none for a deal that is not within reach."""
    shown = shown_under(reading, actor, query.deal_ids)
    found = read_returns(reading.connection, returns.c.deal_id.in_(shown))
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for one in found:
        for deal_id in shown[one.deal_id]:
            by_deal[deal_id].append(return_json(one))
    valued(reading, [one for of_deal in by_deal.values() for one in of_deal], itemgetter("returned_on"))
    return {"returns": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
