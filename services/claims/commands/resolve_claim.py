"""Resolving a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from pydantic import AwareDatetime

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.texts import Words
from services.claims.events import ClaimResolved
from services.claims.storage.claims import Claims, claim_json


@dataclass(frozen=True, kw_only=True)
class ResolveClaim:
    """Ask that a claim be closed, with what was done about it."""

    claim_id: UUID
    resolution: Words
    expected_version: int | None = None
    occurred_at: AwareDatetime | None = None


def resolve_claim(command: ResolveClaim, tx: Transaction, actor: Actor) -> Json:
    """Resolve a claim; who resolves one that nobody has takes it."""
    if command.occurred_at is not None:
        actor.require("import")
    claims = Claims(tx, actor)
    claim = claims.get(command.claim_id, command.expected_version).resolve(
        command.resolution, by=actor.member_id, at=command.occurred_at, now=tx.now
    )
    claims.save(claim)
    tx.emit(
        ClaimResolved(
            claim_id=claim.id,
            partner_id=claim.partner_id,
            deal_id=claim.deal_id,
            manager_id=claim.assignee_id,
            registered_at=claim.registered_at,
            severity=claim.severity,
            sequence=claim.version,
            occurred_at=claim.last_fact_at,
        )
    )
    return claim_json(claim)
