"""Know who heads a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.copies import keep_newest
from services.deals.storage.tables import teams


@dataclass(frozen=True, kw_only=True)
class TeamTold:
    """What this service reads of `team.registered` and `team.changed`."""

    team_id: UUID
    parent_id: UUID | None = None
    head_id: UUID | None = None


def know_team(event: Heard, tx: Transaction) -> None:
    """Keep the team's head and its place: stages have tasks for the head of the team."""
    told = event.read(TeamTold)
    row = {"id": told.team_id, "version": event.sequence, "parent_id": told.parent_id, "head_id": told.head_id}
    keep_newest(tx, teams, row)
