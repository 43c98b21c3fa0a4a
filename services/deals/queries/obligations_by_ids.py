"""The obligations by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import obligation_json
from services.deals.queries.rows_of_deals import of_reached_deals
from services.deals.storage.ledgers import read_obligations
from services.deals.storage.tables import obligations
from services.deals.storage.valuing import due_or_today, valued


@dataclass(frozen=True, kw_only=True)
class ObligationsByIds:
    """Ask for the obligations."""

    ids: list[UUID]


def obligations_by_ids(query: ObligationsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the obligations in the order of the ids; null for one that is not there or not within reach."""
    c = obligations.c
    today = day_of(reading.now, reading.enterprise.zone)
    rows = read_obligations(reading.connection, c.id.in_(query.ids), *of_reached_deals(actor, c.deal_id))
    found = {one.id: obligation_json(one, today) for one in rows}
    valued(reading, list(found.values()), due_or_today(reading))
    return {"nodes": [found.get(one_id) for one_id in query.ids]}
