"""Giving a claim to a manager."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.events import ClaimAssigned
from services.claims.storage.claims import Claims, claim_json


@dataclass(frozen=True, kw_only=True)
class AssignClaim:
    """Ask that a manager work on a claim, in place of whoever did before."""

    claim_id: UUID
    manager_id: UUID
    expected_version: int | None = None
    occurred_at: AwareDatetime | None = None


def assign_claim(command: AssignClaim, tx: Transaction, actor: Actor) -> Json:
    """Assign a claim that is not resolved, the first time or again."""
    if command.occurred_at is not None:
        actor.require("import")
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.assign(command.manager_id, at=command.occurred_at, now=tx.now)
    claims.save(claim)
    tx.emit(
        ClaimAssigned(
            claim_id=claim.id,
            partner_id=claim.partner_id,
            deal_id=claim.deal_id,
            manager_id=command.manager_id,
            previous_manager_id=before.assignee_id,
            severity=claim.severity,
            sequence=claim.version,
            occurred_at=claim.last_fact_at,
        )
    )
    return claim_json(claim)
