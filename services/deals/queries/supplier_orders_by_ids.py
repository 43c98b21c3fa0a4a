"""The supplier orders by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import supplier_order_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.supplier_orders import read_supplier_orders
from services.deals.storage.tables import supplier_orders
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class SupplierOrdersByIds:
    """Ask for the supplier orders."""

    ids: list[UUID]


def supplier_orders_by_ids(query: SupplierOrdersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the supplier orders in the order of the ids; null for one that is not there or not within reach."""
    c = supplier_orders.c
    rows = read_supplier_orders(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    found = {one.id: supplier_order_json(one) for one in rows}
    valued(reading, list(found.values()), itemgetter("ordered_on"))
    return {"nodes": [found.get(one_id) for one_id in query.ids]}
