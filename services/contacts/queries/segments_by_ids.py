"""Segments by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.segments import segment_row_view
from services.contacts.storage.tables import segments


@dataclass(frozen=True, kw_only=True)
class SegmentsByIds:
    """Ask for segments."""

    ids: list[UUID]


def segments_by_ids(query: SegmentsByIds, reading: Reading, _actor: Actor) -> Json:
    """Give the segments, which everyone may know of, in the order of the ids; None for those that are not there."""
    read = sa.select(segments).where(segments.c.id.in_(query.ids))
    found = {row.id: segment_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
