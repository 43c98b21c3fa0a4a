"""Partners by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.partner_view import partner_facts, with_contacts
from services.contacts.storage.reach import partners_in_reach
from services.contacts.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class PartnersByIds:
    """Ask for partners; without `contacts` the answer costs one read and has none of the lists about persons."""

    ids: list[UUID]
    contacts: bool = True


def partners_by_ids(query: PartnersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the partners in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(partners).where(partners.c.id.in_(query.ids), partners_in_reach(actor))
    views = [partner_facts(row) for row in reading.connection.execute(read)]
    if query.contacts:
        views = with_contacts(reading, views)
    found = {view["id"]: view for view in views}
    return {"nodes": [found.get(id) for id in query.ids]}
