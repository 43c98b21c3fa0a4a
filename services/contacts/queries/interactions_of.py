"""The interactions of each of several partners, persons, deals, claims or managers."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.queries.interaction_filter import InteractionFilter
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.tables import interaction_links, interactions


@dataclass(frozen=True, kw_only=True)
class InteractionsOf:
    """Ask for the same page of each thing's interactions; a thing's id says what it is."""

    thing_ids: list[UUID]
    filter: InteractionFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def interactions_of(query: InteractionsOf, reading: Reading, actor: Actor) -> Json:
    """Give a page for each thing, in the order asked for; what belongs to the interactions is read for all at once."""
    links = interaction_links.c
    order = [Order(links.at, descending=True), Order(links.interaction_id, descending=True)]
    select = (
        sa.select(interactions)
        .join(interaction_links, links.interaction_id == interactions.c.id)
        .where(*(query.filter or InteractionFilter()).conditions(actor))
    )
    pages = [
        page(reading.connection, select.where(links.thing_id == id), order, query.page, lambda row: row)
        for id in query.thing_ids
    ]
    views = interaction_views(reading.connection, list({row.id: row for one in pages for row in one["nodes"]}.values()))
    by_id = {view["id"]: view for view in views}
    return {"pages": [{**one, "nodes": [by_id[row.id] for row in one["nodes"]]} for one in pages]}
