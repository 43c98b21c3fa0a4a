"""Which partners each of several partners may be the same as."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.duplicates import candidates, duplicates_of
from services.contacts.storage.reach import partners_in_reach


@dataclass(frozen=True, kw_only=True)
class DuplicatesOfPartners:
    """Ask for the likely duplicates of partners."""

    partner_ids: list[UUID]


def duplicates_of_partners(query: DuplicatesOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a list of candidates for each partner, in the order asked for, the likeliest first; only those in reach."""
    in_reach, connection = partners_in_reach(actor), reading.connection
    return {"duplicates": [candidates(duplicates_of(connection, id, in_reach)) for id in query.partner_ids]}
