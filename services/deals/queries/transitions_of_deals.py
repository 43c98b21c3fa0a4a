"""The history of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals, transitions


@dataclass(frozen=True, kw_only=True)
class TransitionsOfDeals:
    """Ask for all that happened to deals."""

    deal_ids: list[UUID]


def transitions_of_deals(query: TransitionsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the transitions of each deal in their order; none for a deal that is not within reach."""
    t = transitions.c
    select = sa.select(transitions).where(t.deal_id.in_(query.deal_ids)).order_by(t.deal_id, t.sequence)
    reach = within_reach(actor, deals.c.manager_id)
    if reach:
        select = select.join(deals, deals.c.id == t.deal_id).where(*reach)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select):
        by_deal[row.deal_id].append(
            {
                "id": row.id,
                "kind": row.kind,
                "from_stage": row.from_stage,
                "to_stage": row.to_stage,
                "occurred_at": row.occurred_at,
                "recorded_at": row.recorded_at,
                "by": row.recorded_by,
                "reason": row.reason,
                "competitor_id": row.competitor_id,
            }
        )
    return {"transitions": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
