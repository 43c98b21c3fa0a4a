"""The list of interests: those that are open, those that were never met, of some partners."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.domain.interest import InterestStatus
from services.contacts.storage.interests import interest_row_view, interests_in_reach
from services.contacts.storage.merged import one_with
from services.contacts.storage.tables import interests


@dataclass(frozen=True, kw_only=True)
class InterestFilter:
    """Which interests: in any of the states, of any of the partners, from any of the sources; None does not narrow."""

    statuses: list[InterestStatus] | None = None
    partner_ids: list[UUID] | None = None
    sources: list[str] | None = None


@dataclass(frozen=True, kw_only=True)
class ListInterests:
    """Ask for a page of interests."""

    filter: InterestFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_interests(query: ListInterests, reading: Reading, actor: Actor) -> Json:
    """Give a page of the interests of partners in reach, the newest first."""
    select = sa.select(interests).where(interests_in_reach(actor))
    given = query.filter or InterestFilter()
    for column, wanted in (
        (interests.c.status, given.statuses),
        (interests.c.source, given.sources),
    ):
        if wanted is not None:
            select = select.where(column.in_(wanted))
    if given.partner_ids is not None:
        select = select.where(interests.c.partner_id.in_(one_with(given.partner_ids)))
    order = [Order(interests.c.occurred_at, descending=True), Order(interests.c.id, descending=True)]
    return page(reading.connection, select, order, query.page, interest_row_view)
