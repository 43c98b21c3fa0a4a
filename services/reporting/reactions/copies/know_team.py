"""Hear of a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import team_facts


@dataclass(frozen=True, kw_only=True)
class TeamHeard:
    """What reporting needs of a team."""

    team_id: UUID
    parent_id: UUID | None = None


def know_team(event: Heard, tx: Transaction) -> None:
    """Keep the team that a team belongs to from this event on."""
    heard = event.read(TeamHeard)
    row = {
        "team_id": heard.team_id,
        "sequence": event.sequence,
        "parent_id": heard.parent_id,
        "recorded_at": event.recorded_at,
    }
    keep(tx.connection, team_facts, row)
