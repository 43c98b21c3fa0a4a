"""Hand-overs by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.hand_overs import hand_over_row_view
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.tables import hand_overs


@dataclass(frozen=True, kw_only=True)
class HandOversByIds:
    """Ask for hand-overs."""

    ids: list[UUID]


def hand_overs_by_ids(query: HandOversByIds, reading: Reading, actor: Actor) -> Json:
    """Give the hand-overs in the order of the ids; None for those of neither the actor nor the actor's team."""
    h = hand_overs.c
    seen = sa.or_(managers_in_reach(actor, h.from_manager_id), managers_in_reach(actor, h.to_manager_id))
    read = sa.select(hand_overs).where(h.id.in_(query.ids), seen)
    found = {row.id: hand_over_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
