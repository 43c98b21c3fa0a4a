"""Asking clients how satisfied they are."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from chassis.ids import new_id
from chassis.store.database import Transaction
from services.claims.domain import kinds
from services.claims.domain.satisfaction import SatisfactionRequest, Scale, Subject
from services.claims.events import SatisfactionRequested
from services.claims.storage.satisfaction import add_request, was_asked


def ask_client(
    tx: Transaction,
    subject: Subject,
    scale: Scale,
    *,
    at: datetime,
    respondent_id: UUID | None = None,
    automatic: bool = False,
    imported: bool = False,
) -> SatisfactionRequest:
    """Keep that somebody is asked, and tell it: who sends surveys hears of it."""
    request = SatisfactionRequest(
        id=new_id(kinds.SATISFACTION_REQUEST),
        subject=subject,
        respondent_id=respondent_id,
        scale=scale,
        requested_at=at,
        automatic=automatic,
        imported=imported,
    )
    add_request(tx, request)
    tx.emit(
        SatisfactionRequested(
            sequence=1,
            occurred_at=at,
            request_id=request.id,
            about_kind=subject.kind,
            about_id=subject.id,
            partner_id=subject.partner_id,
            deal_id=subject.deal_id,
            claim_id=subject.claim_id,
            manager_id=subject.manager_id,
            respondent_id=respondent_id,
            scale=scale,
            imported=imported,
            automatic=automatic,
        )
    )
    return request


def ask_once(tx: Transaction, subject: Subject, scale: Scale, *, at: datetime) -> None:
    """Ask by itself about what has come to its end, unless somebody was asked about it before."""
    if not was_asked(tx, subject.id):
        ask_client(tx, subject, scale, at=at, automatic=True)
