"""Giving a claim to a manager."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, require_import_for
from services.claims.events import ClaimAssigned, of_claim
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class AssignClaim:
    """Ask that a manager work on a claim, in place of whoever did before."""

    claim_id: UUID
    manager_id: UUID
    expected_version: int | None = None
    occurred_at: Instant | None = None


def assign_claim(command: AssignClaim, tx: Transaction, actor: Actor) -> Json:
    """Assign a claim that is not resolved, the first time or again."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.assign(command.manager_id, at=command.occurred_at, now=tx.now)
    claims.save(claim)
    told = of_claim(claim, tx.enterprise.calendar)
    tx.emit(ClaimAssigned(**told, previous_manager_id=before.assignee_id))
    return claim_answer(claim, tx)
