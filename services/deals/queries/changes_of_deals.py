"""Who changed what of deals."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.deals.storage.merged import with_merged
from services.deals.storage.tables import changes

_NEWEST_FIRST = (Order(changes.c.id, descending=True),)


@dataclass(frozen=True, kw_only=True)
class ChangesOfDeals:
    """Ask for the same page of the changes of each deal and of what belongs to it."""

    deal_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def changes_of_deals(query: ChangesOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page for each deal, with those merged into it, the newest changes first; an empty one for a deal that is not within reach."""
    return {"pages": [_page(reading, actor, deal_id, query.page) for deal_id in query.deal_ids]}


def _page(reading: Reading, actor: Actor, deal_id: UUID, request: PageRequest) -> Json:
    of = with_merged(actor, [deal_id])
    select = sa.select(changes).where(changes.c.deal_id.in_(sa.select(of.c.id)))
    return page(reading.connection, select, _NEWEST_FIRST, request, _json)


def _json(row: sa.Row[Any]) -> Json:
    return {
        "subject_id": row.subject_id,
        "kind": row.subject_kind,
        "version": row.version,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "at": row.changed_at,
        "by": row.changed_by,
        "correlation_id": row.correlation_id,
    }
