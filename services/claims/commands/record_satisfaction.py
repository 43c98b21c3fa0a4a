"""Recording how satisfied a client is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.ids import new_id
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.commands.inputs import Instant, Words, require_import_for
from services.claims.commands.satisfaction_subject import AboutSubject, subject_of
from services.claims.domain import kinds
from services.claims.domain.moment import placed
from services.claims.domain.satisfaction import SatisfactionResponse, Scale, checked_score
from services.claims.events import SatisfactionLow, SatisfactionRecorded
from services.claims.storage.satisfaction import add_response, response_json, take_request
from services.claims.storage.tables import satisfaction_responses


@dataclass(frozen=True, kw_only=True)
class RecordSatisfaction(AboutSubject):
    """Tell how satisfied a client is with a deal, claim, order or shipment; without a respondent the client itself says it."""

    scale: Scale
    score: int
    respondent_id: UUID | None = None
    comment: Words | None = None
    occurred_at: Instant | None = None


def record_satisfaction(command: RecordSatisfaction, tx: Transaction, actor: Actor) -> Json:
    """Keep an answer, the latest of its respondent about its subject counting; tell of a low one, for somebody to act."""
    require_import_for(command.occurred_at, actor)
    response = SatisfactionResponse(
        id=new_id(kinds.SATISFACTION_RESPONSE),
        subject=subject_of(command, tx, actor),
        respondent_id=command.respondent_id,
        scale=command.scale,
        score=checked_score(command.scale, command.score),
        comment=command.comment,
        answered_at=placed(command.occurred_at, now=tx.now),
        request_id=None,
        imported=command.occurred_at is not None,
    )
    response = replace(response, request_id=take_request(tx, response))
    counts = add_response(tx, actor, response)
    told = _told(response)
    tx.emit(SatisfactionRecorded(**told, request_id=response.request_id, low=response.is_low))
    if response.is_low and counts and not response.imported:
        tx.emit(SatisfactionLow(**told | {"sequence": 2}))
    kept = sa.select(satisfaction_responses).where(satisfaction_responses.c.id == response.id)
    return response_json(tx.connection.execute(kept).one()._asdict())


def _told(response: SatisfactionResponse) -> dict[str, Any]:
    subject = response.subject
    return {
        "sequence": 1,
        "occurred_at": response.answered_at,
        "response_id": response.id,
        "about_kind": subject.kind,
        "about_id": subject.id,
        "partner_id": subject.partner_id,
        "deal_id": subject.deal_id,
        "claim_id": subject.claim_id,
        "manager_id": subject.manager_id,
        "respondent_id": response.respondent_id,
        "scale": response.scale,
        "imported": response.imported,
        "score": response.score,
    }
