"""Know to which team a manager belongs."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.copies import keep_newest
from services.deals.storage.tables import managers


@dataclass(frozen=True, kw_only=True)
class ManagerTold:
    """What this service reads of `manager.registered` and `manager.changed`."""

    manager_id: UUID
    team_id: UUID | None = None


def know_manager(event: Heard, tx: Transaction) -> None:
    """Keep the manager's team: who leads it sees the manager's deals."""
    told = event.read(ManagerTold)
    keep_newest(tx, managers, {"id": told.manager_id, "version": event.sequence, "team_id": told.team_id})
