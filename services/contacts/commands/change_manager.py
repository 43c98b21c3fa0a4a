"""Change a manager's facts."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.absent import ABSENT, Absent
from services.contacts.domain.staff import checked_email, checked_zone
from services.contacts.domain.text import line
from services.contacts.events import ManagerChanged
from services.contacts.storage.staff import Staff, manager_view


@dataclass(frozen=True, kw_only=True)
class ChangeManager:
    """Ask that a manager's facts be changed; what is not given stays."""

    manager_id: UUID
    name: str | Absent = ABSENT
    email: str | Absent | None = ABSENT
    team_id: UUID | Absent | None = ABSENT
    time_zone: str | Absent | None = ABSENT


def change_manager(command: ChangeManager, tx: Transaction, actor: Actor) -> Json:
    """Change a manager and answer them; where nothing differs nothing is written or told."""
    staff = Staff(tx.connection)
    before = after = staff.manager(command.manager_id, "manager")
    if command.name is not ABSENT:
        after = replace(after, name=line(command.name, "name"))
    if command.email is not ABSENT:
        after = replace(after, email=checked_email(command.email))
    if command.team_id is not ABSENT:
        staff.check_team(command.team_id, "team")
        after = replace(after, team_id=command.team_id)
    if command.time_zone is not ABSENT:
        after = replace(after, time_zone=checked_zone(command.time_zone))
    if after != before:
        after = replace(after, version=before.version + 1)
        staff.save_managers([after])
        tx.emit(ManagerChanged.of(after, tx.now))
    return manager_view(after)
