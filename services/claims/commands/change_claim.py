"""Changing how bad a claim is, or what it is about."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Products, require_import_for
from services.claims.domain.severity import Severity
from services.claims.events import ClaimChanged, of_claim
from services.claims.storage.claims import Claims, claim_answer
from services.claims.storage.sla_policies import SlaPolicies


@dataclass(frozen=True, kw_only=True)
class ChangeClaim:
    """Ask that a claim have another severity, or be about other products; what is not given stays."""

    claim_id: UUID
    severity: Severity | None = None
    products: Products | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def change_claim(command: ChangeClaim, tx: Transaction, actor: Actor) -> Json:
    """Change a claim that is not resolved; its deadlines become those of its policy at the severity."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.change(
        severity=command.severity,
        products=command.products,
        policy=SlaPolicies(tx.connection).get(before.policy_id) if before.policy_id else None,
        at=command.occurred_at,
        now=tx.now,
    )
    if claim is before:
        return claim_answer(claim, tx)
    claims.save(claim)
    changed = [name for name in ("severity", "products") if getattr(claim, name) != getattr(before, name)]
    told = of_claim(claim, tx.enterprise.calendar)
    tx.emit(ClaimChanged(**told, changed=tuple(changed), old_severity=before.severity))
    return claim_answer(claim, tx)
