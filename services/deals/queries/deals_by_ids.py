"""Deals by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class DealsByIds:
    """Ask for deals."""

    ids: list[UUID]


def deals_by_ids(query: DealsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the deals in the order of the ids; null for one that is not there or not within reach."""
    reach = within_reach(actor, deals.c.manager_id)
    rows = reading.connection.execute(sa.select(deals).where(deals.c.id.in_(query.ids), *reach))
    found = {row["id"]: deal_json(row, reading.enterprise.base_currency) for row in rows.mappings()}
    return {"nodes": [found.get(deal_id) for deal_id in query.ids]}
