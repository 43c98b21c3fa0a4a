"""The payments by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import payment_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.ledgers import allocated_of, read_payments
from services.deals.storage.tables import payments
from services.deals.storage.valuing import valued


@dataclass(frozen=True, kw_only=True)
class PaymentsByIds:
    """Ask for the payments."""

    ids: list[UUID]


def payments_by_ids(query: PaymentsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the payments in the order of the ids; null for one that is not there or not within reach."""
    c = payments.c
    rows = read_payments(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    allocated = allocated_of(reading.connection, [one.id for one in rows])
    found = {one.id: payment_json(one, allocated.get(one.id, 0)) for one in rows}
    valued(reading, list(found.values()), itemgetter("paid_on"))
    return {"nodes": [found.get(one_id) for one_id in query.ids]}
