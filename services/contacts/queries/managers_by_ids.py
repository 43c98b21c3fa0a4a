"""Managers by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.staff import manager_row_view
from services.contacts.storage.tables import managers


@dataclass(frozen=True, kw_only=True)
class ManagersByIds:
    """Ask for managers."""

    ids: list[UUID]


def managers_by_ids(query: ManagersByIds, reading: Reading, actor: Actor) -> Json:
    """Give the managers in the order of the ids; None for those that are not there."""
    read = sa.select(managers).where(managers.c.id.in_(query.ids))
    found = {row.id: manager_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
