"""Legal entities by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.legal_entity_view import whole_legal_entities
from services.contacts.storage.reach import legal_entities_in_reach
from services.contacts.storage.tables import legal_entities


@dataclass(frozen=True, kw_only=True)
class LegalEntitiesByIds:
    """Ask for legal entities."""

    ids: list[UUID]


def legal_entities_by_ids(query: LegalEntitiesByIds, reading: Reading, actor: Actor) -> Json:
    """Give the entities in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(legal_entities).where(legal_entities.c.id.in_(query.ids), legal_entities_in_reach(actor))
    found = {view["id"]: view for view in whole_legal_entities(reading, reading.connection.execute(read).all())}
    return {"nodes": [found.get(id) for id in query.ids]}
