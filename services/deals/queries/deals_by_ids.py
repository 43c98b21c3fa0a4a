"""Deals by their ids."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.storage.merged import survivors
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class DealsByIds:
    """Ask for deals."""

    ids: list[UUID]


def deals_by_ids(query: DealsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the deals in the order of the ids; null for one that is not there or not within reach.

    For a merged deal it is the one that survives.
    """
    rows = _rows(reading, actor, query.ids)
    pointers = {row["id"]: row["merged_into_id"] for row in rows if row["merged_into_id"] is not None}
    led_to = survivors(reading.connection, pointers)
    rows += _rows(reading, actor, led_to.values()) if led_to else []
    base = reading.enterprise.base_currency
    found = {row["id"]: deal_json(row, base) for row in rows if row["within_reach"]}
    return {"nodes": [found.get(led_to.get(deal_id, deal_id)) for deal_id in query.ids]}


def _rows(reading: Reading, actor: Actor, ids: Collection[UUID]) -> list[sa.RowMapping]:
    # a merged deal may be out of reach and the one that survives not: reach is told of each row
    reach = sa.and_(sa.true(), *within_reach(actor, deals.c.manager_id)).label("within_reach")
    return list(reading.connection.execute(sa.select(deals, reach).where(deals.c.id.in_(ids))).mappings())
