"""Follow the merging of partners, and its undoing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.copies import keep_newest
from services.deals.storage.tables import merged_partners


@dataclass(frozen=True, kw_only=True)
class PartnerMerged:
    """What this service reads of `partner.merged`: the partner, and the one that survives."""

    partner_id: UUID
    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class PartnerUnmerged:
    """What this service reads of `partner.unmerged`."""

    partner_id: UUID


def follow_merged_partner(event: Heard, tx: Transaction) -> None:
    """Point a merged partner to the one that survives: no deal is rewritten, so that undoing gives back what was."""
    told = event.read(PartnerMerged)
    row = {"id": told.partner_id, "version": event.sequence, "into_id": told.into_id}
    keep_newest(tx, merged_partners, row)


def follow_unmerged_partner(event: Heard, tx: Transaction) -> None:
    """Take the pointer away."""
    told = event.read(PartnerUnmerged)
    keep_newest(tx, merged_partners, {"id": told.partner_id, "version": event.sequence, "into_id": None})
