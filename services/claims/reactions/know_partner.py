"""Knowing partners."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.storage.copies import remember
from services.claims.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class PartnerHeard:
    """What claims needs of a partner."""

    partner_id: UUID
    manager_id: UUID | None = None


def know_partner(event: Heard, tx: Transaction) -> None:
    """Remember a partner and who manages them."""
    partner = event.read(PartnerHeard)
    remember(tx, partners, id=partner.partner_id, sequence=event.sequence, manager_id=partner.manager_id)
