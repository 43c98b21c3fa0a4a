"""Interactions by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.interactions import interaction_views
from services.contacts.storage.reach import interactions_in_reach
from services.contacts.storage.tables import interactions


@dataclass(frozen=True, kw_only=True)
class InteractionsByIds:
    """Ask for interactions."""

    ids: list[UUID]


def interactions_by_ids(query: InteractionsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the interactions in the order of the ids; None for those that are not there or not in reach."""
    in_reach = interactions_in_reach(actor, interactions.c.id)
    rows = reading.connection.execute(sa.select(interactions).where(interactions.c.id.in_(query.ids), in_reach)).all()
    found = {view["id"]: view for view in interaction_views(reading.connection, rows)}
    return {"nodes": [found.get(id) for id in query.ids]}
