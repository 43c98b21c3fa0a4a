"""Hear of how satisfied clients are, and of who was asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from chassis.events import Heard
from chassis.store.database import Transaction
from services.reporting.storage.copies import keep
from services.reporting.storage.tables import satisfaction_facts, satisfaction_requests


@dataclass(frozen=True, kw_only=True)
class SatisfactionHeard:
    """What an answer and a request have in common."""

    about_kind: str
    about_id: UUID
    partner_id: UUID | None = None
    deal_id: UUID | None = None
    manager_id: UUID | None = None
    respondent_id: UUID | None = None
    scale: str


@dataclass(frozen=True, kw_only=True)
class ResponseHeard(SatisfactionHeard):
    """What reporting needs of an answer."""

    response_id: UUID
    request_id: UUID | None = None
    score: int


@dataclass(frozen=True, kw_only=True)
class RequestHeard(SatisfactionHeard):
    """What reporting needs of a request."""

    request_id: UUID


def record_satisfaction(event: Heard, tx: Transaction) -> None:
    """Keep an answer."""
    heard = event.read(ResponseHeard)
    row = {"response_id": heard.response_id, "request_id": heard.request_id, "score": heard.score}
    keep(tx.connection, satisfaction_facts, {**row, **_of(heard, event)})


def record_satisfaction_request(event: Heard, tx: Transaction) -> None:
    """Keep that somebody was asked."""
    heard = event.read(RequestHeard)
    keep(tx.connection, satisfaction_requests, {"request_id": heard.request_id, **_of(heard, event)})


def _of(heard: SatisfactionHeard, event: Heard) -> dict[str, Any]:
    return {
        "occurred_at": event.occurred_at,
        "recorded_at": event.recorded_at,
        "about_kind": heard.about_kind,
        "about_id": heard.about_id,
        "partner_id": heard.partner_id,
        "deal_id": heard.deal_id,
        "manager_id": heard.manager_id,
        "respondent_id": heard.respondent_id,
        "scale": heard.scale,
    }
