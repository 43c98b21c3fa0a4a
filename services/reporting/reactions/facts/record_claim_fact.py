"""Hear of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from uuid import UUID

from pydantic import AwareDatetime

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.domain.claims.facts import ClaimKind
from services.reporting.storage.alone import alone
from services.reporting.storage.claims.resolved import counted_claims
from services.reporting.storage.copies import keep
from services.reporting.storage.recount import recounting
from services.reporting.storage.tables import claim_counts, claim_facts

CLAIM_FACTS = {f"claim.{kind.lower()}": kind for kind in ClaimKind}
"""The types of event that are facts of claims."""


@dataclass(frozen=True, kw_only=True)
class ClaimHeard:
    """What reporting needs of a claim's events; those of long ago did not say how the claim stood."""

    claim_id: UUID
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    manager_id: UUID | None = None
    severity: str
    cause: str | None = None
    root_cause: str | None = None
    products: tuple[str, ...] = ()
    registered_at: AwareDatetime | None = None
    policy_id: UUID | None = None
    first_response_due_at: AwareDatetime | None = None
    first_responded_at: AwareDatetime | None = None
    first_response_seconds: int | None = None
    resolution_due_at: AwareDatetime | None = None
    resolution_seconds: int | None = None
    waiting_since: AwareDatetime | None = None
    resolved_at: AwareDatetime | None = None


def record_claim_fact(event: Heard, tx: Transaction) -> None:
    """Keep a fact of a claim."""
    heard, kind = event.read(ClaimHeard), CLAIM_FACTS[event.type]
    row = {
        "claim_id": heard.claim_id,
        "sequence": event.sequence,
        "kind": kind.value,
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "partner_id": heard.partner_id,
        "deal_id": heard.deal_id,
        "manager_id": heard.manager_id,
        "severity": heard.severity,
        "cause": heard.cause,
        "root_cause": heard.root_cause,
        "products": list(heard.products),
        "registered_at": heard.registered_at or (event.occurred_at if kind is ClaimKind.REGISTERED else None),
        "has_targets": heard.policy_id is not None,
        "first_response_due_at": heard.first_response_due_at,
        "first_responded_at": heard.first_responded_at,
        "first_response_seconds": heard.first_response_seconds,
        "resolution_due_at": heard.resolution_due_at,
        "resolution_seconds": heard.resolution_seconds,
        "waiting_since": heard.waiting_since,
        "resolved_at": heard.resolved_at or (event.occurred_at if kind is ClaimKind.RESOLVED else None),
    }
    alone(tx.connection)
    counted = partial(counted_claims, tx.connection, [heard.claim_id], tx.enterprise.zone)
    with recounting(tx.connection, claim_counts, counted):
        keep(tx.connection, claim_facts, row)
