"""Change a team: its name, its head, its place in the tree."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.domain.staff import check_parent
from services.contacts.domain.text import line
from services.contacts.events import TeamChanged
from services.contacts.storage.staff import Staff, team_view


@dataclass(frozen=True, kw_only=True)
class ChangeTeam:
    """Ask that a team be changed; what is not given stays."""

    team_id: UUID
    name: str | Absent = ABSENT
    parent_id: UUID | Absent | None = ABSENT
    head_id: UUID | Absent | None = ABSENT


def change_team(command: ChangeTeam, tx: Transaction, actor: Actor) -> Json:
    """Change a team and answer it; raise Refused if it would come to be below itself."""
    staff = Staff(tx.connection)
    before = after = staff.team(command.team_id, "team")
    if command.name is not ABSENT:
        after = replace(after, name=line(command.name, "name"))
    if command.parent_id is not ABSENT:
        staff.check_team(command.parent_id, "parent")
        check_parent(before.id, command.parent_id, {team.id: team.parent_id for team in staff.all_teams()})
        after = replace(after, parent_id=command.parent_id)
    if command.head_id is not ABSENT:
        staff.check_manager(command.head_id, "head")
        after = replace(after, head_id=command.head_id)
    if after != before:
        after = replace(after, version=before.version + 1)
        staff.save_team(after)
        tx.emit(TeamChanged.of(after, tx.now))
    return team_view(after)
