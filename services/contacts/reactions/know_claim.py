"""Knowing claims."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.contacts.storage.copies import remember_claim
from services.contacts.storage.timeline import bring_under_deal


@dataclass(frozen=True, kw_only=True)
class ClaimHeard:
    """What contacts needs of a claim."""

    claim_id: UUID
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    manager_id: UUID | None = None


def know_claim(event: Heard, tx: Transaction) -> None:
    """Remember whose a claim is and who works on it."""
    claim = event.read(ClaimHeard)
    remember_claim(
        tx.connection,
        claim.claim_id,
        event.sequence,
        partner_id=claim.partner_id,
        deal_id=claim.deal_id,
        assignee_id=claim.manager_id,
    )
    if claim.deal_id is not None:  # what came before it in disorder did not say which deal
        bring_under_deal(tx.connection, claim.deal_id, claim.claim_id)
