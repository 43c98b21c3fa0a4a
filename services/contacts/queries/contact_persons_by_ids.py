"""Contact persons by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.linked_views import person_facts
from services.contacts.storage.person_view import whole_persons
from services.contacts.storage.reach import persons_in_reach
from services.contacts.storage.tables import contact_persons


@dataclass(frozen=True, kw_only=True)
class ContactPersonsByIds:
    """Ask for contact persons."""

    ids: list[UUID]


def contact_persons_by_ids(query: ContactPersonsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the persons in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(contact_persons).where(contact_persons.c.id.in_(query.ids), persons_in_reach(actor))
    views = whole_persons(reading, [person_facts(row) for row in reading.connection.execute(read)])
    found = {view["id"]: view for view in views}
    return {"nodes": [found.get(id) for id in query.ids]}
