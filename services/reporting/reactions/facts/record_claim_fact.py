"""Hear of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import claim_facts

_KINDS = {
    "claim.registered": ClaimKind.REGISTERED,
    "claim.assigned": ClaimKind.ASSIGNED,
    "claim.resolved": ClaimKind.RESOLVED,
}


@dataclass(frozen=True, kw_only=True)
class ClaimHeard:
    """What reporting needs of a claim's events; only the first names the deal."""

    claim_id: UUID
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    manager_id: UUID | None = None
    severity: str


def record_claim_fact(event: Heard, tx: Transaction) -> None:
    """Keep a fact of a claim."""
    heard = event.read(ClaimHeard)
    row = {
        "claim_id": heard.claim_id,
        "sequence": event.sequence,
        "kind": _KINDS[event.type].value,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "partner_id": heard.partner_id,
        "deal_id": heard.deal_id,
        "manager_id": heard.manager_id,
        "severity": heard.severity,
    }
    keep(tx.connection, claim_facts, row)
