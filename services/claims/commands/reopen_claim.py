"""Reopening a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Words, require_import_for
from services.claims.domain.claim import AnswerKind
from services.claims.events import ClaimReopened, of_claim
from services.claims.storage.answers import add_answer
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class ReopenClaim:
    """Ask that work on a resolved claim go on; the reason is kept as a note about it."""

    claim_id: UUID
    reason: Words
    expected_version: int | None = None
    occurred_at: Instant | None = None


def reopen_claim(command: ReopenClaim, tx: Transaction, actor: Actor) -> Json:
    """Take a resolved claim up again; its clock goes on where it stopped."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.reopen(at=command.occurred_at, now=tx.now)
    claims.save(claim)
    add_answer(tx, actor, claim, AnswerKind.NOTE, text=command.reason)
    assert before.resolved_at is not None
    tx.emit(ClaimReopened(**of_claim(claim, tx.enterprise.calendar), was_resolved_at=before.resolved_at))
    return claim_answer(claim, tx)
