"""The documents of deals, in one list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import document_json
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import proposals, sale_terms, shipments


@dataclass(frozen=True, kw_only=True)
class DocumentsOfDeals:
    """Ask for the documents of deals."""

    deal_ids: list[UUID]


def documents_of_deals(query: DocumentsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the documents of each deal, with those merged into it, by date; none for a deal that is not within reach."""
    of = with_merged(actor, query.deal_ids)
    mine = sa.select(of.c.id)
    terms = sa.select(
        sa.literal("SALE_TERMS").label("kind"),
        sale_terms.c.deal_id,
        sale_terms.c.id,
        sa.null().label("number"),
        sale_terms.c.valid_from.label("day"),
    ).where(sale_terms.c.deal_id.in_(mine))
    goods = sa.select(
        sa.literal("SHIPMENT").label("kind"),
        shipments.c.deal_id,
        shipments.c.id,
        shipments.c.number,
        shipments.c.shipped_on.label("day"),
    ).where(shipments.c.deal_id.in_(mine))
    offers = sa.select(
        sa.literal("PROPOSAL").label("kind"),
        proposals.c.deal_id,
        proposals.c.id,
        proposals.c.number,
        proposals.c.dated_on.label("day"),
    ).where(proposals.c.deal_id.in_(mine))
    documents = sa.union_all(goods, terms, offers).subquery()
    select = sa.select(documents, of.c.asked).join(of, of.c.id == documents.c.deal_id)
    by_deal: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(documents.c.day, documents.c.id)):
        by_deal[row.asked].append(document_json(row.kind, row.id, row.number, row.day))
    return {"documents": [by_deal.get(deal_id, []) for deal_id in query.deal_ids]}
