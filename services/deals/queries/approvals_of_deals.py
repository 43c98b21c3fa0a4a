"""The approvals of deals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import approval_json
from services.deals.storage.approvals import approval_of
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import approvals


@dataclass(frozen=True, kw_only=True)
class ApprovalsOfDeals:
    """Ask for the approvals of deals."""

    deal_ids: list[UUID]


def approvals_of_deals(query: ApprovalsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give what was asked for each deal, the oldest first; nothing for a deal that is not within reach."""
    a = approvals.c
    of = with_merged(actor, query.deal_ids)
    select = sa.select(approvals, of.c.asked).join(of, of.c.id == a.deal_id)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(a.requested_at, a.id)):
        by_deal[row.asked].append(approval_json(approval_of(row)))
    return {"approvals": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
