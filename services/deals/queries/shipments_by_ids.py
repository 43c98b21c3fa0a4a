"""The shipments by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import shipment_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.shipments import read_shipments
from services.deals.storage.tables import shipments
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class ShipmentsByIds:
    """Ask for the shipments."""

    ids: list[UUID]


def shipments_by_ids(query: ShipmentsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the shipments in the order of the ids; null for one that is not there or not within reach."""
    c = shipments.c
    rows = read_shipments(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    found = {one.id: shipment_json(one) for one in rows}
    valued(reading, list(found.values()), itemgetter("shipped_on"))
    return {"nodes": [found.get(one_id) for one_id in query.ids]}
