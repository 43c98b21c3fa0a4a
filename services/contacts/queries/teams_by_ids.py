"""Teams by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.staff import Staff, team_view


@dataclass(frozen=True, kw_only=True)
class TeamsByIds:
    """Ask for teams."""

    ids: list[UUID]


def teams_by_ids(query: TeamsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the teams in the order of the ids; None for those that are not there."""
    found = Staff(reading.connection).teams_by_ids(query.ids)
    return {"nodes": [team_view(found[id]) if id in found else None for id in query.ids]}
