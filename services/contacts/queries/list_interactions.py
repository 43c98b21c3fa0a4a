"""The list of interactions: filtered, the newest first, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import PageRequest, page
from chassis.wire import Json
from services.contacts.queries.interaction_filter import NEWEST_FIRST, InteractionFilter
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.tables import interactions


@dataclass(frozen=True, kw_only=True)
class ListInteractions:
    """Ask for a page of interactions."""

    filter: InteractionFilter | None = None
    page: PageRequest = field(default_factory=PageRequest)


def list_interactions(query: ListInteractions, reading: Reading, actor: Actor) -> Json:
    """Give a page of the interactions in reach; what is to come stands before what was."""
    select = sa.select(interactions).where(*(query.filter or InteractionFilter()).conditions(actor))
    found = page(reading.connection, select, NEWEST_FIRST, query.page, lambda row: row)
    return {**found, "nodes": interaction_views(reading.connection, found["nodes"])}
