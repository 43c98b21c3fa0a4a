"""Who was asked how satisfied they are, and what they answered."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.redaction import ERASED
from chassis.store.database import Transaction
from chassis.wire import Json
from services.claims.domain.satisfaction import SatisfactionRequest, SatisfactionResponse, Subject
from services.claims.storage.tables import satisfaction_requests, satisfaction_responses

_a, _r = satisfaction_requests.c, satisfaction_responses.c


def add_request(tx: Transaction, request: SatisfactionRequest) -> None:
    """Keep that somebody was asked."""
    row = {
        **_of(request),
        "requested_at": request.requested_at,
        "automatic": request.automatic,
        "answered_at": None,
    }
    tx.connection.execute(satisfaction_requests.insert(), row)


def was_asked(tx: Transaction, subject_id: UUID) -> bool:
    """Tell whether anybody was asked about a subject."""
    asked = sa.select(_a.id).where(_a.subject_id == subject_id).limit(1)
    return tx.connection.execute(asked).first() is not None


def take_request(tx: Transaction, response: SatisfactionResponse) -> UUID | None:
    """Find the last unanswered request that a response may answer, of its respondent or of nobody in particular."""
    fits = (
        _a.subject_id == response.subject.id,
        _a.answered_at.is_(None),
        _a.requested_at <= response.answered_at,
        sa.or_(_a.respondent_id.is_(None), _a.respondent_id == response.respondent_id),
    )
    by_their_name = _a.respondent_id.is_not(None).desc()
    found = sa.select(_a.id).where(*fits).order_by(by_their_name, _a.requested_at.desc(), _a.id.desc())
    id: UUID | None = tx.connection.execute(found.limit(1).with_for_update()).scalar()
    if id is not None:
        answered = satisfaction_requests.update().where(_a.id == id)
        tx.connection.execute(answered.values(answered_at=response.answered_at))
    return id


def add_response(tx: Transaction, actor: Actor, response: SatisfactionResponse) -> bool:
    """Keep an answer; tell whether it is the one of its respondent that counts, which the latest does."""
    row = {
        **_of(response),
        "score": response.score,
        "comment": response.comment,
        "answered_at": response.answered_at,
        "request_id": response.request_id,
        "recorded_at": tx.now,
        "recorded_by": actor.subject[:200],
    }
    of_same = sa.and_(
        _r.subject_id == response.subject.id,
        _r.scale == response.scale,
        _r.respondent_id.is_not_distinct_from(response.respondent_id),
        _r.counts,
    )
    later = sa.select(_r.id).where(of_same, _r.answered_at > response.answered_at).limit(1)
    counts = tx.connection.execute(later).first() is None
    if counts:
        tx.connection.execute(satisfaction_responses.update().where(of_same).values(counts=False))
    tx.connection.execute(satisfaction_responses.insert(), {**row, "counts": counts})
    return counts


def erase_words_of(tx: Transaction, person_id: UUID) -> None:
    """Take away what a respondent said in words; that they answered, and how high, stays."""
    theirs = sa.and_(_r.respondent_id == person_id, _r.comment.is_not(None))
    tx.connection.execute(satisfaction_responses.update().where(theirs).values(comment=ERASED))


def response_json(row: Mapping[str, Any]) -> Json:
    """Give an answer as those who ask see it."""
    shown = ("score", "comment", "answered_at", "recorded_at", "request_id", "counts")
    return {**_shown(row), **{name: row[name] for name in shown}}


def request_json(row: Mapping[str, Any]) -> Json:
    """Give a request as those who ask see it."""
    return {**_shown(row), **{name: row[name] for name in ("requested_at", "automatic", "answered_at")}}


def _shown(row: Mapping[str, Any]) -> Json:
    names = ("id", "subject_kind", "subject_id", "partner_id", "deal_id", "claim_id", "manager_id", "respondent_id")
    return {name: row[name] for name in (*names, "scale", "imported")}


def _of(one: SatisfactionRequest | SatisfactionResponse) -> dict[str, Any]:
    subject: Subject = one.subject
    return {
        "id": one.id,
        "subject_kind": subject.kind,
        "subject_id": subject.id,
        "partner_id": subject.partner_id,
        "deal_id": subject.deal_id,
        "claim_id": subject.claim_id,
        "manager_id": subject.manager_id,
        "respondent_id": one.respondent_id,
        "scale": one.scale,
        "imported": one.imported,
    }
