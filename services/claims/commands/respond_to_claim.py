"""Answering a client who complained."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Words, require_import_for
from services.claims.domain.claim import AnswerKind
from services.claims.events import ClaimResponded, of_claim
from services.claims.storage.answers import add_answer
from services.claims.storage.claims import Claims, claim_answer


@dataclass(frozen=True, kw_only=True)
class RespondToClaim:
    """Tell what was said about a claim: an answer to the client, a note among us, or what a machine replied."""

    claim_id: UUID
    text: Words
    kind: AnswerKind = AnswerKind.ANSWER
    expected_version: int | None = None
    occurred_at: Instant | None = None


def respond_to_claim(command: RespondToClaim, tx: Transaction, actor: Actor) -> Json:
    """Keep what was said; the first answer to the client ends the clock of the first response."""
    require_import_for(command.occurred_at, actor)
    claims = Claims(tx, actor)
    before = claims.get(command.claim_id, command.expected_version)
    claim = before.answer(command.kind, at=command.occurred_at, now=tx.now)
    claims.save(claim)
    add_answer(tx, actor, claim, command.kind, text=command.text)
    tx.emit(
        ClaimResponded(
            **of_claim(claim, tx.enterprise.calendar),
            answer_kind=command.kind,
            first=claim.first_responded_at != before.first_responded_at,
            answered_at=claim.last_fact_at,
            answered_by_id=actor.member_id,
            interaction_id=None,
        )
    )
    return claim_answer(claim, tx)
