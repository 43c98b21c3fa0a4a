"""Going on with a claim that waited."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, require_import_for
from services.claims.events import ClaimResumed, of_claim
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class ResumeClaim:
    """Ask that work on a claim go on that waits on the client."""

    claim_id: UUID
    expected_version: int | None = None
    occurred_at: Instant | None = None


def resume_claim(command: ResumeClaim, tx: Transaction, actor: Actor) -> Json:
    """Go on with a claim: the clock of its resolution runs again."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.resume(at=command.occurred_at, now=tx.now)
    claims.save(claim)
    assert before.waiting_since is not None
    tx.emit(ClaimResumed(**of_claim(claim, tx.enterprise.calendar), waited_since=before.waiting_since))
    return claim_answer(claim, tx)
