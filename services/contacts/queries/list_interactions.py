"""The list of interactions: filtered, searched, the newest first, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest, page
from chassis.wire import Json
from services.contacts.domain.search import HitKind
from services.contacts.queries.interaction_filter import NEWEST_FIRST, InteractionFilter
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.search import found_by
from services.contacts.storage.tables import interactions


@dataclass(frozen=True, kw_only=True)
class ListInteractions:
    """Ask for a page of interactions; `search` finds them by what was said."""

    filter: InteractionFilter | None = None
    search: str | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_interactions(query: ListInteractions, reading: Reading, actor: Actor) -> Json:
    """Give a page of the interactions in reach; what is to come stands before what was."""
    select = sa.select(interactions).where(*(query.filter or InteractionFilter()).conditions(actor))
    order = list(NEWEST_FIRST)
    if query.search and query.search.strip():
        searched = found_by(reading.connection, query.search, HitKind.INTERACTION, interactions.c.id)
        select, order = select.where(searched.condition), searched.ordered(order)
    found = page(reading.connection, select, order, query.page, lambda row: row)
    return {**found, "nodes": interaction_views(reading.connection, found["nodes"])}
