"""Contact points by their ids, ended ones too."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.contact_points import point_view, points_by_ids


@dataclass(frozen=True, kw_only=True)
class ContactPointsByIds:
    """Ask for contact points."""

    ids: list[UUID]


def contact_points_by_ids(query: ContactPointsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the points in the order of the ids; None for those that are not there or whose owner is not in reach."""
    found = points_by_ids(reading.connection, query.ids, actor)
    return {"nodes": [point_view(*found[id]) if id in found else None for id in query.ids]}
