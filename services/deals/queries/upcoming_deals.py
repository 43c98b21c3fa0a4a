"""Deals that are planned to begin."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.answers import deal_json
from services.deals.queries.attention import AttentionFilter, with_client_and_step
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class UpcomingDeals:
    """Ask for the deals that are to begin today or later."""

    filter: AttentionFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def upcoming_deals(query: UpcomingDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page of the deals with a planned start ahead, within the actor's reach; the nearest first."""
    today = day_of(reading.now, reading.enterprise.zone)
    select = with_client_and_step(sa.select(deals), actor).where(
        deals.c.planned_start_on >= today, *(query.filter or AttentionFilter()).conditions(reading)
    )
    base = reading.enterprise.base_currency
    return page(
        reading.connection,
        select,
        [Order(deals.c.planned_start_on), Order(deals.c.number)],
        query.page,
        lambda row: deal_json(row._mapping, base),
    )
