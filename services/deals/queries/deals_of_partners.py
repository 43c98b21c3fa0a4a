"""Deals of several partners, a page for each."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest, page
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.queries.deal_filter import DealFilter, DealOrder, sorted_by
from services.deals.queries.deal_totals import totals_of
from services.deals.storage.merged_partners import families
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class DealsOfPartners:
    """Ask for the deals of partners; `totals` asks also for what all of a partner's are worth."""

    partner_ids: list[UUID]
    filter: DealFilter | None = None
    order: DealOrder = "CREATED_AT"
    descending: bool = False
    totals: bool = False
    page: PageRequest = field(default_factory=PageRequest)


def deals_of_partners(query: DealsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a page of deals for each partner, with those merged into it, in the order of the partners."""
    conditions = (query.filter or DealFilter()).following(reading.connection).conditions()
    select = sa.select(deals).where(*conditions, *within_reach(actor, deals.c.manager_id))
    base, order = reading.enterprise.base_currency, sorted_by(query.order, query.descending)
    family = families(reading.connection, query.partner_ids)
    pages = []
    for partner_id in query.partner_ids:
        theirs = select.where(deals.c.partner_id.in_(family[partner_id]))
        found = page(reading.connection, theirs, order, query.page, lambda row: deal_json(row._mapping, base))
        pages.append({**found, "totals": totals_of(reading, theirs) if query.totals else None})
    return {"pages": pages}
