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
    """What claims needs of a deal; only one that is merged names another one."""

    deal_id: UUID
    partner_id: UUID | None = None
    into_id: UUID | None = None


def know_deal(event: Heard, tx: Transaction) -> None:
    """Remember whose a deal is, and whether it was merged: nothing else happens to it until that is undone."""
    deal = event.read(DealHeard)
    facts = {"partner_id": deal.partner_id, "merged_into_id": deal.into_id}
    remember(tx, deals, id=deal.deal_id, sequence=event.sequence, **facts)
