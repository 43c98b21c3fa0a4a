"""Managers by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.staff import Staff, manager_view


@dataclass(frozen=True, kw_only=True)
class ManagersByIds:
    """Ask for managers."""

    ids: list[UUID]


def managers_by_ids(query: ManagersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the managers in the order of the ids; None for those that are not there."""
    found = Staff(reading.connection).managers_by_ids(query.ids)
    return {"nodes": [manager_view(found[id]) if id in found else None for id in query.ids]}
