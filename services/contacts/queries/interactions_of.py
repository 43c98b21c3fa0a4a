"""The interactions of each of several partners, persons, deals, claims or managers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.queries.interaction_filter import InteractionFilter
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.merged import groups_of
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
    groups = groups_of(reading.connection, query.thing_ids)
    pages = [
        page(reading.connection, select.where(*_about(groups[id])), order, query.page, lambda row: row)
        for id in query.thing_ids
    ]
    views = interaction_views(reading.connection, list({row.id: row for one in pages for row in one["nodes"]}.values()))
    by_id = {view["id"]: view for view in views}
    return {"pages": [{**one, "nodes": [by_id[row.id] for row in one["nodes"]]} for one in pages]}


def _about(group: Collection[UUID]) -> list[sa.ColumnElement[bool]]:
    """Say "about one of these", each interaction once also where it is about several."""
    links, other = interaction_links.c, interaction_links.alias()
    about: list[sa.ColumnElement[bool]] = [links.thing_id.in_(group)]
    if len(group) > 1:
        before = (other.c.thing_id.in_(group), other.c.thing_id < links.thing_id)
        about.append(~sa.exists().where(other.c.interaction_id == links.interaction_id, *before))
    return about
