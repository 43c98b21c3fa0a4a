"""What was said about claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.claims.storage.tables import answers, claims
from services.claims.storage.visibility import visible_to

_NEWEST_FIRST = (Order(answers.c.answered_at, descending=True), Order(answers.c.id, descending=True))


@dataclass(frozen=True, kw_only=True)
class AnswersOfClaims:
    """Ask for the same page of what was said about each claim."""

    claim_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def answers_of_claims(query: AnswersOfClaims, reading: Reading, actor: Actor) -> Json:
    """Give a page for each claim, the newest first; an empty one for a claim that is not within reach."""
    seen = sa.select(answers).join(claims, claims.c.id == answers.c.claim_id).where(visible_to(actor))
    pages = [
        page(reading.connection, seen.where(answers.c.claim_id == id), _NEWEST_FIRST, query.page, _json)
        for id in query.claim_ids
    ]
    return {"pages": pages}


def _json(row: sa.Row[Any]) -> Json:
    return {
        "kind": row.kind,
        "text": row.text,
        "answered_at": row.answered_at,
        "manager_id": row.by_id,
        "interaction_id": row.interaction_id,
        "recorded_at": row.recorded_at,
    }
