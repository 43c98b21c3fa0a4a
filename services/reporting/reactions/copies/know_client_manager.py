"""Hear of who looks after a partner."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.clients.managers import look_after


@dataclass(frozen=True, kw_only=True)
class ManagerOfPartnerHeard:
    """What reporting needs of a partner's manager."""

    partner_id: UUID
    manager_id: UUID | None = None


def know_client_manager(event: Heard, tx: Transaction) -> None:
    """Keep who looks after a partner."""
    heard = event.read(ManagerOfPartnerHeard)
    look_after(tx, heard.partner_id, heard.manager_id, event.sequence)
