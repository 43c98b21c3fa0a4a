"""Register a manager."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.external_ref import ExternalRef
from services.contacts.domain.staff import Manager
from services.contacts.events import ManagerRegistered
from services.contacts.storage.staff import Staff, manager_view


@dataclass(frozen=True, kw_only=True)
class RegisterManager:
    """Ask that an employee be registered as a manager."""

    name: str
    email: str | None = None
    team_id: UUID | None = None
    time_zone: str | None = None
    external_ref: ExternalRef | None = None


def register_manager(command: RegisterManager, tx: Transaction, actor: Actor) -> Json:
    """Register a manager and answer them."""
    staff = Staff(tx.connection)
    staff.check_team(command.team_id, "team")
    manager = Manager.register(
        command.name,
        email=command.email,
        team_id=command.team_id,
        external_ref=command.external_ref,
        time_zone=command.time_zone,
    )
    staff.add_manager(manager)
    tx.emit(ManagerRegistered.of(manager, tx.now))
    return manager_view(manager)
