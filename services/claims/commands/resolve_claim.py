"""Resolving a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.asking import ask_once
from services.claims.commands.inputs import Instant, Words, require_import_for
from services.claims.commands.satisfaction_subject import subject_of_claim
from services.claims.domain.claim import RootCause
from services.claims.domain.satisfaction import Scale
from services.claims.events import ClaimResolved, of_claim
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class ResolveClaim:
    """Ask that a claim be closed, with what was done about it and, where it was found, why it came to it."""

    claim_id: UUID
    resolution: Words
    root_cause: RootCause | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def resolve_claim(command: ResolveClaim, tx: Transaction, actor: Actor) -> Json:
    """Resolve a claim; who resolves one that nobody has takes it. The client is asked how satisfied they are with it, once."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    claim = claims.get(command.claim_id, command.expected_version).resolve(
        command.resolution,
        root_cause=command.root_cause,
        by=actor.member_id,
        at=command.occurred_at,
        now=tx.now,
    )
    claims.save(claim)
    tx.emit(ClaimResolved(**of_claim(claim, tx.enterprise.calendar)))
    if command.occurred_at is None and not claim.imported:
        ask_once(tx, subject_of_claim(claim), Scale.CSAT, at=claim.last_fact_at)
    return claim_answer(claim, tx)
