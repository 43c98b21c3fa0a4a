"""Customer orders by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import order_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.customer_orders import read_orders
from services.deals.storage.tables import customer_orders
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class CustomerOrdersByIds:
    """Ask for customer orders."""

    ids: list[UUID]


def customer_orders_by_ids(query: CustomerOrdersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the orders in the order of the ids; null for one that is not there or not within reach."""
    c = customer_orders.c
    orders = read_orders(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    found = {order.id: order_json(order) for order in orders}
    valued(reading, list(found.values()), itemgetter("ordered_on"))
    return {"nodes": [found.get(order_id) for order_id in query.ids]}
