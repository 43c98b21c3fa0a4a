"""A page of claims for each of several owners."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.store.paging import Order, PageRequest, page
from chassis.wire import Json
from services.claims.storage.claims import claim_json
from services.claims.storage.tables import claims
from services.claims.storage.visibility import visible_to

_NEWEST_FIRST = (Order(claims.c.registered_at, descending=True), Order(claims.c.id, descending=True))


def pages_of(
    owner: sa.ColumnElement[UUID],
    owners: Sequence[Collection[UUID]],
    request: PageRequest,
    reading: Reading,
    actor: Actor,
) -> list[Json]:
    """Give the page of each owner, in their order; an owner may be known by several ids."""
    seen = sa.select(claims).where(visible_to(actor))
    return [
        page(
            reading.connection,
            seen.where(owner.in_(ids)),
            _NEWEST_FIRST,
            request,
            lambda row: claim_json(row._asdict(), reading.now),
        )
        for ids in owners
    ]
