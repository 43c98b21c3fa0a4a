"""The segments to which each of several partners belongs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.segments import segment_row_view
from services.contacts.storage.tables import partners, segment_members, segments


@dataclass(frozen=True, kw_only=True)
class SegmentsOfPartners:
    """Ask for the segments of partners."""

    partner_ids: list[UUID]


def segments_of_partners(query: SegmentsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a list for each partner, in the order asked for, by name; an empty one for who is not in reach."""
    member = segment_members.c
    read = (
        sa.select(segments, member.partner_id)
        .join(segment_members, member.segment_id == segments.c.id)
        .join(partners, partners.c.id == member.partner_id)
        .where(member.partner_id.in_(query.partner_ids), partners_in_reach(actor))
        .order_by(segments.c.name_key, segments.c.id)
    )
    found: dict[UUID, list[Json]] = {id: [] for id in query.partner_ids}
    for row in reading.connection.execute(read):
        found[row.partner_id].append(segment_row_view(row))
    return {"segments": [found[id] for id in query.partner_ids]}
