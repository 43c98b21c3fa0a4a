"""The members of each of several segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.partner_view import united_views
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.tables import partners, segment_members


@dataclass(frozen=True, kw_only=True)
class MembersOfSegments:
    """Ask for the same page of each segment's members."""

    segment_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def members_of_segments(query: MembersOfSegments, reading: Reading, actor: Actor) -> Json:
    """Give a page of the members in reach for each segment, in the order asked for, by name."""
    order = [Order(partners.c.name_search), Order(partners.c.id)]
    seen = sa.select(partners).where(partners.c.survivor_id.is_(None), partners_in_reach(actor))
    pages = []
    for id in query.segment_ids:
        found = page(reading.connection, seen.where(_belongs_to(id)), order, query.page, lambda row: row)
        pages.append({**found, "nodes": united_views(reading.connection, found["nodes"])})
    return {"pages": pages}


def _belongs_to(segment_id: UUID) -> sa.ColumnElement[bool]:
    """Say "a member of the segment, or a partner into which one was merged"."""
    members, merged = segment_members.c, partners.alias()
    ids = sa.select(members.partner_id).where(members.segment_id == segment_id)
    survivors = sa.select(merged.c.survivor_id).where(merged.c.survivor_id.is_not(None), merged.c.id.in_(ids))
    return sa.or_(partners.c.id.in_(ids), partners.c.id.in_(survivors))
