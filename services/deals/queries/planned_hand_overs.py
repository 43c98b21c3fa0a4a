"""Hand-overs that are set for a day to come."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.storage import planned_hand_overs as storage


@dataclass(frozen=True, kw_only=True)
class PlannedHandOvers:
    """Ask for the hand-overs that wait, or for those of them that are named."""

    ids: list[UUID] | None = None


def planned_hand_overs(query: PlannedHandOvers, reading: Reading, actor: Actor) -> Json:
    """Give them all, the next one first; where ids are given in their order, null for one that does not wait or is not within reach."""
    waiting = storage.planned_hand_overs(reading, actor, query.ids)
    if query.ids is None:
        return {"nodes": waiting}
    found = {one["id"]: one for one in waiting}
    return {"nodes": [found.get(str(id)) for id in query.ids]}
