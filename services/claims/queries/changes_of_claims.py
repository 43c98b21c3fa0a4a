"""Who changed what of claims."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.claims.storage.tables import changes, claims
from services.claims.storage.visibility import visible_to

_NEWEST_FIRST = (Order(changes.c.id, descending=True),)


@dataclass(frozen=True, kw_only=True)
class ChangesOfClaims:
    """Ask for the same page of the changes of each claim."""

    claim_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def changes_of_claims(query: ChangesOfClaims, reading: Reading, actor: Actor) -> Json:
    """Give a page for each claim, the newest changes first; an empty one for a claim that is not within reach."""
    seen = sa.select(changes).join(claims, claims.c.id == changes.c.claim_id).where(visible_to(actor))
    pages = [
        page(reading.connection, seen.where(changes.c.claim_id == id), _NEWEST_FIRST, query.page, _json)
        for id in query.claim_ids
    ]
    return {"pages": pages}


def _json(row: sa.Row[Any]) -> Json:
    return {
        "subject_id": row.claim_id,
        "kind": "claim",
        "version": row.version,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "at": row.changed_at,
        "by": row.changed_by,
        "correlation_id": row.correlation_id,
    }
