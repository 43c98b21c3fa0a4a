"""Following the merging of deals, and its undoing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.storage.copies import remember_merged_deal


@dataclass(frozen=True, kw_only=True)
class MergedDealHeard:
    """What contacts needs of a merged deal: the one that survives; none where the merging was undone."""

    deal_id: UUID
    into_id: UUID | None = None


def follow_merged_deal(event: Heard, tx: Transaction) -> None:
    """Show what is on record about a merged deal with the one that survives, for as long as it is merged."""
    deal = event.read(MergedDealHeard)
    remember_merged_deal(tx.connection, deal.deal_id, event.sequence, into_id=deal.into_id)
