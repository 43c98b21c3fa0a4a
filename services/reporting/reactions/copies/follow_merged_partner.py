"""Hear that partners turned out to be one, and that this is undone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.merged_partners import point


@dataclass(frozen=True, kw_only=True)
class PartnerMerged:
    """What reporting needs of a partner that was merged: into which."""

    partner_id: UUID
    into_id: UUID


@dataclass(frozen=True, kw_only=True)
class PartnerUnmerged:
    """What reporting needs of a partner that stands by itself again."""

    partner_id: UUID


def follow_merged_partner(event: Heard, tx: Transaction) -> None:
    """Keep into which partner one was merged."""
    told = event.read(PartnerMerged)
    point(tx, told.partner_id, told.into_id, event.sequence)


def follow_unmerged_partner(event: Heard, tx: Transaction) -> None:
    """Take the pointer away."""
    point(tx, event.read(PartnerUnmerged).partner_id, None, event.sequence)
