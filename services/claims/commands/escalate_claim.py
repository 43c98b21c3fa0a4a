"""Telling somebody above of a claim."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Words, require_import_for
from services.claims.domain.claim import AnswerKind
from services.claims.domain.escalation import Escalation, EscalationReason
from services.claims.events import ClaimEscalated, of_claim
from services.claims.storage.answers import add_answer
from services.claims.storage.claims import Claims, claim_answer
from services.claims.storage.copies import head_over_claim


@dataclass(frozen=True, kw_only=True)
class EscalateClaim:
    """Ask that somebody look at a claim: a manager, or whoever leads the team of the one who has it."""

    claim_id: UUID
    manager_id: UUID | None = None
    reason: Words | None = None
    expected_version: int | None = None
    occurred_at: Instant | None = None


def escalate_claim(command: EscalateClaim, tx: Transaction, actor: Actor) -> Json:
    """Escalate a claim by hand; the reason is kept as a note about it."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    by_hand = Escalation(reason=EscalationReason.MANUAL)
    claim = before.escalate(by_hand, at=command.occurred_at, now=tx.now)
    claims.save(claim)
    if command.reason is not None:
        add_answer(tx, actor, claim, AnswerKind.NOTE, text=command.reason)
    tx.emit(
        ClaimEscalated(
            **of_claim(claim, tx.enterprise.calendar),
            reason=by_hand.reason,
            escalated_to_id=command.manager_id or head_over_claim(tx, claim),
            due_at=None,
        )
    )
    return claim_answer(claim, tx)
