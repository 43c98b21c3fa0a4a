"""Knowing deals."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.storage.copies import remember
from services.claims.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class DealHeard:
    """What claims needs of a deal."""

    deal_id: UUID
    partner_id: UUID | None = None


def know_deal(event: Heard, tx: Transaction) -> None:
    """Remember whose a deal is."""
    deal = event.read(DealHeard)
    remember(tx, deals, id=deal.deal_id, sequence=event.sequence, partner_id=deal.partner_id)
