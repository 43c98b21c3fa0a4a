"""Interests by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.interests import interest_row_view, interests_in_reach
from services.contacts.storage.tables import interests


@dataclass(frozen=True, kw_only=True)
class InterestsByIds:
    """Ask for interests."""

    ids: list[UUID]


def interests_by_ids(query: InterestsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the interests in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(interests).where(interests.c.id.in_(query.ids), interests_in_reach(actor))
    found = {row.id: interest_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
