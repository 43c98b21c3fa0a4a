"""Hear of a manager."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import manager_facts


@dataclass(frozen=True, kw_only=True)
class ManagerHeard:
    """What reporting needs of a manager."""

    manager_id: UUID
    team_id: UUID | None = None


def know_manager(event: Heard, tx: Transaction) -> None:
    """Keep the team that a manager belongs to from this event on."""
    heard = event.read(ManagerHeard)
    row = {
        "manager_id": heard.manager_id,
        "sequence": event.sequence,
        "team_id": heard.team_id,
        "recorded_at": event.recorded_at,
    }
    keep(tx.connection, manager_facts, row)
