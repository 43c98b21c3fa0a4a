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
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import changes, deals

_NEWEST_FIRST = (Order(changes.c.id, descending=True),)


@dataclass(frozen=True, kw_only=True)
class ChangesOfDeals:
    """Ask for the same page of the changes of each deal and of what belongs to it."""

    deal_ids: list[UUID]
    page: PageRequest = field(default_factory=PageRequest)


def changes_of_deals(query: ChangesOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give a page for each deal, the newest changes first; an empty one for a deal that is not within reach."""
    mine = sa.select(deals.c.id).where(deals.c.id.in_(query.deal_ids), *within_reach(actor, deals.c.manager_id))
    seen = set(reading.connection.execute(mine).scalars())
    pages = [
        page(
            reading.connection,
            sa.select(changes).where(changes.c.deal_id == (deal_id if deal_id in seen else None)),
            _NEWEST_FIRST,
            query.page,
            _json,
        )
        for deal_id in query.deal_ids
    ]
    return {"pages": pages}


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
