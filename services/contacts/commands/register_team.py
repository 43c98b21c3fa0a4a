"""Register a team."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.staff import Team
from services.contacts.events import TeamRegistered
from services.contacts.storage.staff import Staff, team_view


@dataclass(frozen=True, kw_only=True)
class RegisterTeam:
    """Ask that a team be made, within another one or by itself."""

    name: str
    parent_id: UUID | None = None
    head_id: UUID | None = None


def register_team(command: RegisterTeam, tx: Transaction, actor: Actor) -> Json:
    """Make a team and answer it; raise Refused with NAME_TAKEN if there is one of the name."""
    staff = Staff(tx.connection)
    staff.check_team(command.parent_id, "parent")
    staff.check_manager(command.head_id, "head")
    team = Team.register(command.name, head_id=command.head_id, parent_id=command.parent_id)
    staff.add_team(team)
    tx.emit(TeamRegistered.of(team, tx.now))
    return team_view(team)
