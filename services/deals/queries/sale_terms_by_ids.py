"""Sale terms by their ids."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.storage.tables import sale_terms
from services.deals.storage.terms import terms_of, visible_to


@dataclass(frozen=True, kw_only=True)
class SaleTermsByIds:
    """Ask for sale terms."""

    ids: list[UUID]


def sale_terms_by_ids(query: SaleTermsByIds, reading: Reading, actor: Actor) -> Json:
    """Give the terms in the order of the ids; null for those that are not there or not within reach."""
    select = sa.select(sale_terms).where(sale_terms.c.id.in_(query.ids), visible_to(actor))
    found = {row.id: terms_json(terms_of(row)) for row in reading.connection.execute(select)}
    return {"nodes": [found.get(one) for one in query.ids]}
