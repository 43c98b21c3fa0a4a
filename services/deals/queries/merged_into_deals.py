"""The deals that were merged into others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import deal_number
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class MergedIntoDeals:
    """Ask for what was merged into deals."""

    deal_ids: list[UUID]


def merged_into_deals(query: MergedIntoDeals, reading: Reading, actor: Actor) -> Json:
    """Give the deals that were merged into each deal, directly or by way of others, in the order of their numbers."""
    d, of = deals.c, with_merged(actor, query.deal_ids)
    select = sa.select(of.c.asked, d.id, d.number, d.title, d.merged_into_id).join(of, of.c.id == d.id)
    merged: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.where(of.c.id != of.c.asked).order_by(d.number)):
        merged[row.asked].append(
            {"id": row.id, "number": deal_number(row.number), "title": row.title, "merged_into": row.merged_into_id}
        )
    return {"merged": [merged.get(deal_id, []) for deal_id in query.deal_ids]}
