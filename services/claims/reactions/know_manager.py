"""Knowing managers."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.storage.copies import remember
from services.claims.storage.tables import managers


@dataclass(frozen=True, kw_only=True)
class ManagerHeard:
    """What claims needs of a manager."""

    manager_id: UUID
    team_id: UUID | None = None


def know_manager(event: Heard, tx: Transaction) -> None:
    """Remember a manager's team."""
    manager = event.read(ManagerHeard)
    remember(tx, managers, id=manager.manager_id, sequence=event.sequence, team_id=manager.team_id)
