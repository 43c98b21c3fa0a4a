"""The segments to which each of several partners belongs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.merged import groups_of
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
    groups = groups_of(reading.connection, query.partner_ids)
    read = (
        sa.select(segments, member.partner_id)
        .join(segment_members, member.segment_id == segments.c.id)
        .join(partners, partners.c.id == member.partner_id)
        .where(member.partner_id.in_([id for group in groups.values() for id in group]), partners_in_reach(actor))
        .order_by(segments.c.name_key, segments.c.id)
    )
    rows = reading.connection.execute(read).all()

    def of(group: tuple[UUID, ...]) -> list[Json]:
        # two that were merged may belong to one segment both
        return list({row.id: segment_row_view(row) for row in rows if row.partner_id in group}.values())

    return {"segments": [of(groups[id]) for id in query.partner_ids]}
