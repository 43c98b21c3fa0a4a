"""What is short in deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import shortage_json
from services.deals.domain.customer_order import BINDING
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.customer_orders import read_orders
from services.deals.storage.tables import customer_orders


@dataclass(frozen=True, kw_only=True)
class ShortagesOfDeals:
    """Ask what is short in deals."""

    deal_ids: list[UUID]


def shortages_of_deals(query: ShortagesOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give, for each deal, the lines of confirmed orders that are neither in stock nor on their way."""
    c = customer_orders.c
    shown = shown_under(reading, actor, query.deal_ids)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for order in read_orders(reading.connection, c.status.in_(BINDING), c.deal_id.in_(shown)):
        for deal_id in shown[order.deal_id]:
            by_deal[deal_id] += [shortage_json(one) for one in order.shortage()]
    return {"shortages": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
