"""The members of each of several segments."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.partner_view import partner_facts
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
    members = segment_members.c
    seen = (
        sa.select(partners).join(segment_members, members.partner_id == partners.c.id).where(partners_in_reach(actor))
    )
    pages = [
        page(reading.connection, seen.where(members.segment_id == id), order, query.page, partner_facts)
        for id in query.segment_ids
    ]
    return {"pages": pages}
