"""The history of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import transitions


@dataclass(frozen=True, kw_only=True)
class TransitionsOfDeals:
    """Ask for all that happened to deals."""

    deal_ids: list[UUID]


def transitions_of_deals(query: TransitionsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the transitions of each deal, with those merged into it, in order; none for one that is not within reach."""
    t = transitions.c
    of = with_merged(actor, query.deal_ids)
    select = sa.select(transitions, of.c.asked).join(of, of.c.id == t.deal_id)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(t.occurred_at, t.deal_id, t.sequence)):
        by_deal[row.asked].append(
            {
                "id": row.id,
                "deal_id": row.deal_id,
                "kind": row.kind,
                "from_stage": row.from_stage,
                "to_stage": row.to_stage,
                "occurred_at": row.occurred_at,
                "recorded_at": row.recorded_at,
                "by": row.recorded_by,
                "reason": row.reason,
                "competitor_id": row.competitor_id,
                "from_process_id": row.from_process_id,
                "to_process_id": row.to_process_id,
            }
        )
    return {"transitions": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
