"""Know how bad a claim is, and whether it is resolved."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.deals.storage.copies import keep_newest
from services.deals.storage.tables import claims


@dataclass(frozen=True, kw_only=True)
class ClaimTold:
    """What this service reads of a claim's events; those of long ago did not say its status."""

    claim_id: UUID
    severity: str
    status: str | None = None
    deal_id: UUID | None = None


def know_claim(event: Heard, tx: Transaction) -> None:
    """Keep a claim's severity and end: a critical one may hold its deal up."""
    told = event.read(ClaimTold)
    copy = {
        "id": told.claim_id,
        "version": event.sequence,
        "severity": told.severity,
        "resolved": told.status == "RESOLVED" if told.status else event.type == "claim.resolved",
    }
    keep_newest(tx, claims, {**copy, **({"deal_id": told.deal_id} if "deal_id" in event.data else {})})
