"""Preferences by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.preferences import preference_row_view, preferences_in_reach
from services.contacts.storage.tables import preferences


@dataclass(frozen=True, kw_only=True)
class PreferencesByIds:
    """Ask for preferences."""

    ids: list[UUID]


def preferences_by_ids(query: PreferencesByIds, reading: Reading, actor: Actor) -> Json:
    """Give the preferences in the order of the ids; None for those that are not there or not in reach."""
    read = sa.select(preferences).where(preferences.c.id.in_(query.ids), preferences_in_reach(actor))
    found = {row.id: preference_row_view(row) for row in reading.connection.execute(read)}
    return {"nodes": [found.get(id) for id in query.ids]}
