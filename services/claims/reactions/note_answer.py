"""Noting that a client was answered by a call, message or meeting that contacts tells of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from chassis.actor import SYSTEM
from chassis.events import Heard
from chassis.store.database import Transaction
from services.claims.domain.claim import AnswerKind
from services.claims.events import ClaimResponded, of_claim
from services.claims.storage.answers import add_answer, is_known
from services.claims.storage.claims import Claims


@dataclass(frozen=True, kw_only=True)
class InteractionHeard:
    """What claims needs of an interaction."""

    interaction_id: UUID
    kind: str
    direction: str
    automatic: bool
    claim_ids: tuple[UUID, ...]
    manager_ids: tuple[UUID, ...]
    started_at: datetime


def note_answer(event: Heard, tx: Transaction) -> None:
    """Count as an answer what went out to the client about a claim; notes and what a machine wrote answer nobody.

    The first one ends the clock of the first response, at its own moment, also where it is told of late.
    """
    said = event.read(InteractionHeard)
    if said.direction != "OUT" or said.kind == "NOTE" or said.automatic:
        return
    claims = Claims(tx, SYSTEM)
    for claim_id in sorted(said.claim_ids):
        claim = claims.find(claim_id)
        if claim is None or is_known(tx, claim_id, said.interaction_id):
            continue
        by_id = said.manager_ids[0] if said.manager_ids else None
        add_answer(
            tx, SYSTEM, claim, AnswerKind.ANSWER,
            interaction_id=said.interaction_id, by_id=by_id, answered_at=said.started_at,
        )  # fmt: skip
        answered = claim.answered_elsewhere(said.started_at)
        if answered is None:
            continue
        claims.save(answered)
        tx.emit(
            ClaimResponded(
                **of_claim(answered, tx.enterprise.calendar),
                answer_kind=AnswerKind.ANSWER,
                first=True,
                answered_at=said.started_at,
                answered_by_id=by_id,
                interaction_id=said.interaction_id,
            )
        )
