"""The list of segments, by pages."""

from __future__ import annotations

from dataclasses import dataclass, field

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.segments import segment_row_view
from services.contacts.storage.tables import segments


@dataclass(frozen=True, kw_only=True)
class ListSegments:
    """Ask for a page of segments."""

    page: PageRequest = field(default_factory=PageRequest)


def list_segments(query: ListSegments, reading: Reading, _actor: Actor) -> Json:
    """Give a page of segments, by name."""
    order = [Order(segments.c.name_key), Order(segments.c.id)]
    return page(reading.connection, sa.select(segments), order, query.page, segment_row_view)
