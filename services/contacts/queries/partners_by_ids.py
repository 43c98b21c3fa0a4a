"""Partners by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.partner_view import partners_by_their_ids, with_contacts
from services.contacts.storage.reach import partners_in_reach


@dataclass(frozen=True, kw_only=True)
class PartnersByIds:
    """Ask for partners; without `contacts` the answer costs one read and has none of the lists about persons."""

    ids: list[UUID]
    contacts: bool = True


def partners_by_ids(query: PartnersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the partners in the order of the ids, of a merged one the survivor; None for those that are not there or not in reach."""
    found = partners_by_their_ids(reading.connection, query.ids, partners_in_reach(actor))
    if query.contacts:
        whole = {view["id"]: view for view in with_contacts(reading, list(found.values()))}
        found = {id: whole[view["id"]] for id, view in found.items()}
    return {"nodes": [found.get(id) for id in query.ids]}
