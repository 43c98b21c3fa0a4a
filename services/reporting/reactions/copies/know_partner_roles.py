"""Hear which partners are clients, and which are prospects."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.tables import partner_roles
from services.reporting.storage.writing import keep_all


@dataclass(frozen=True, kw_only=True)
class RolesHeard:
    """What reporting needs of a partner's roles."""

    partner_id: UUID
    roles: tuple[str, ...]


def know_partner_roles(events: Sequence[Heard], tx: Transaction) -> None:
    """Keep the roles of partners after events."""
    keep_all(tx.connection, partner_roles, [_row(event, event.read(RolesHeard)) for event in events])


def _row(event: Heard, heard: RolesHeard) -> dict[str, Any]:
    return {
        "partner_id": heard.partner_id,
        "sequence": event.sequence,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "is_client": "CLIENT" in heard.roles,
        "is_prospect": "PROSPECT" in heard.roles,
    }
