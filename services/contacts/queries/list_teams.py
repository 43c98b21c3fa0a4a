"""The list of teams."""

from __future__ import annotations

from dataclasses import dataclass

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.staff import Staff, team_view


@dataclass(frozen=True, kw_only=True)
class ListTeams:
    """Ask for all teams."""


def list_teams(query: ListTeams, reading: Reading, actor: Actor) -> Json:
    """Give all teams, by name."""
    return {"nodes": [team_view(team) for team in Staff(reading.connection).all_teams()]}
