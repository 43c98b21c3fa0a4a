"""Hear that deals turned out to be one sale, and that this is undone."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import deal_merges


@dataclass(frozen=True, kw_only=True)
class MergedDealHeard:
    """What reporting needs of a merged deal: into which, none of one that stands by itself again."""

    deal_id: UUID
    into_id: UUID | None = None


def follow_merged_deal(event: Heard, tx: Transaction) -> None:
    """Keep into which deal one was merged: their documents are those of one sale."""
    heard = event.read(MergedDealHeard)
    row = {
        "deal_id": heard.deal_id,
        "sequence": event.sequence,
        "into_id": heard.into_id,
        "recorded_at": event.recorded_at,
    }
    keep(tx.connection, deal_merges, row)
