"""Knowing teams."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.storage.copies import remember
from services.claims.storage.tables import teams


@dataclass(frozen=True, kw_only=True)
class TeamHeard:
    """What claims needs of a team."""

    team_id: UUID
    parent_id: UUID | None = None
    head_id: UUID | None = None


def know_team(event: Heard, tx: Transaction) -> None:
    """Remember a team's head and its place: they are told of claims that are late."""
    team = event.read(TeamHeard)
    remember(tx, teams, id=team.team_id, sequence=event.sequence, parent_id=team.parent_id, head_id=team.head_id)
