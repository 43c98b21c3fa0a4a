"""Following the merging of partners, and its undoing."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.storage.merged_partners import point


@dataclass(frozen=True, kw_only=True)
class PartnerMerged:
    """What claims needs of a partner that was merged: into which."""

    partner_id: UUID
    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class PartnerUnmerged:
    """What claims needs of a partner that stands by itself again."""

    partner_id: UUID


def follow_merged_partner(event: Heard, tx: Transaction) -> None:
    """Point a merged partner to the one that survives: no claim is rewritten, so that undoing gives back what was."""
    told = event.read(PartnerMerged)
    point(tx, told.partner_id, told.into_id, event.sequence)


def follow_unmerged_partner(event: Heard, tx: Transaction) -> None:
    """Take the pointer away."""
    point(tx, event.read(PartnerUnmerged).partner_id, None, event.sequence)
