"""The claims about deals, as lines of the deals' lists of documents."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.claims.domain.claim import claim_number
from services.claims.storage.merged_deals import with_merged
from services.claims.storage.tables import claims
from services.claims.storage.visibility import visible_to


@dataclass(frozen=True, kw_only=True)
class DocumentsOfDeals:
    """Ask for the claims about deals."""

    deal_ids: list[UUID]


def documents_of_deals(query: DocumentsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the claims about each deal, and those merged into it, that the actor sees: all of them, by their days."""
    families = with_merged(reading.connection, query.deal_ids)
    c = claims.c
    select = sa.select(c.id, c.number, c.deal_id, c.status, c.registered_at).where(
        c.deal_id.in_([deal_id for family in families for deal_id in family]), visible_to(actor)
    )
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(c.registered_at, c.id)):
        by_deal[row.deal_id].append(
            {
                "kind": "CLAIM",
                "id": row.id,
                "number": claim_number(row.number),
                "date": day_of(row.registered_at, reading.enterprise.zone),
                "amount": None,
                "status": row.status,
            }
        )
    return {"documents": [[one for deal_id in family for one in by_deal[deal_id]] for family in families]}
