"""A page of deals."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest, page
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.queries.deal_filter import DealFilter, DealOrder, matching, sorted_by
from services.deals.queries.deal_totals import totals_of
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class ListDeals:
    """Ask for deals that fit a filter and a search, in an order; `totals` asks also for what all of them are worth."""

    filter: DealFilter | None = None
    search: str | None = None
    order: DealOrder = "CREATED_AT"
    descending: bool = False
    totals: bool = False
    page: PageRequest = field(default_factory=PageRequest)


def list_deals(query: ListDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page of the deals within the actor's reach."""
    conditions = (query.filter or DealFilter()).following(reading.connection).conditions() + matching(query.search)
    select = sa.select(deals).where(*conditions, *within_reach(actor, deals.c.manager_id))
    base = reading.enterprise.base_currency
    found = page(
        reading.connection,
        select,
        sorted_by(query.order, query.descending),
        query.page,
        lambda row: deal_json(row._mapping, base),
    )
    return {**found, "totals": totals_of(reading, select) if query.totals else None}
