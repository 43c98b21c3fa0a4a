"""The customer orders of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.queries.rows_of_deals import shown_under
from services.deals.storage.customer_orders import read_orders
from services.deals.storage.tables import customer_orders
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class CustomerOrdersOfDeals:
    """Ask for the customer orders of deals."""

    deal_ids: list[UUID]


def customer_orders_of_deals(query: CustomerOrdersOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the orders of each deal, the oldest first; none for a deal that is not within reach."""
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    shown = shown_under(reading, actor, query.deal_ids)
    for order in read_orders(reading.connection, customer_orders.c.deal_id.in_(shown)):
        for deal_id in shown[order.deal_id]:
            by_deal[deal_id].append(order_json(order))
    valued(reading, [one for of_deal in by_deal.values() for one in of_deal], itemgetter("ordered_on"))
    return {"orders": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
