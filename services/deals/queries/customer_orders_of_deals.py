"""The customer orders of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.queries.rows_of_deals import of_these_deals
from services.deals.storage.customer_orders import read_orders
from services.deals.storage.tables import customer_orders


@dataclass(frozen=True, kw_only=True)
class CustomerOrdersOfDeals:
    """Ask for the customer orders of deals."""

    deal_ids: list[UUID]


def customer_orders_of_deals(query: CustomerOrdersOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the orders of each deal, the oldest first; none for a deal that is not within reach."""
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for order in read_orders(reading.connection, *of_these_deals(actor, customer_orders.c.deal_id, query.deal_ids)):
        by_deal[order.deal_id].append(order_json(order))
    return {"orders": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
