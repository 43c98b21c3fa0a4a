"""What changed of each of several partners, persons or legal entities."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.contacts.storage.changes import change_view
from services.contacts.storage.merged import groups_of
from services.contacts.storage.reach import owners_in_reach
from services.contacts.storage.tables import changes


@dataclass(frozen=True, kw_only=True)
class ChangesOf:
    """Ask for the same page of each thing's changes."""

    thing_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def changes_of(query: ChangesOf, reading: Reading, actor: Actor) -> Json:
    """Give a page for each thing, in the order asked for, the newest changes first; none of what is not in reach."""
    seen = sa.select(changes).where(owners_in_reach(actor, changes.c.thing_id))
    newest_first = [Order(changes.c.id, descending=True)]
    groups = groups_of(reading.connection, query.thing_ids)
    pages = [
        page(reading.connection, seen.where(changes.c.thing_id.in_(groups[id])), newest_first, query.page, change_view)
        for id in query.thing_ids
    ]
    return {"pages": pages}
