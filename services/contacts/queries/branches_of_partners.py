"""The branches of each of several partners."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.merged import groups_of
from services.contacts.storage.partner_view import united_views
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class BranchesOfPartners:
    """Ask for the same page of each partner's branches."""

    partner_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def branches_of_partners(query: BranchesOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a page for each partner, in the order asked for, by name."""
    connection = reading.connection
    order = [Order(partners.c.name_search), Order(partners.c.id)]
    seen = sa.select(partners).where(partners.c.survivor_id.is_(None), partners_in_reach(actor))
    groups = groups_of(connection, query.partner_ids)
    pages = []
    for id in query.partner_ids:
        below = seen.where(partners.c.parent_id.in_(groups[id]), partners.c.id.not_in(groups[id]))
        found = page(connection, below, order, query.page, lambda row: row)
        pages.append({**found, "nodes": united_views(connection, found["nodes"])})
    return {"pages": pages}
