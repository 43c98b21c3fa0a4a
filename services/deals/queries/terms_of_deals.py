"""The sale terms that hold for deals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.deals.answers import terms_json
from services.deals.storage import terms as stored
from services.deals.storage.reach import within_reach
from services.deals.storage.tables import deals


@dataclass(frozen=True, kw_only=True)
class TermsOfDeals:
    """Ask for the terms that hold for deals on a business day; today, if none is named."""

    deal_ids: list[UUID]
    on: date | None = None


def terms_of_deals(query: TermsOfDeals, reading: Reading, actor: Actor) -> Json:
    """Give the terms of each deal, or null; null for a deal that is not within reach."""
    d = deals.c
    reached = sa.select(d.id, d.partner_id).where(d.id.in_(query.deal_ids), *within_reach(actor, d.manager_id))
    partner_of = {row.id: row.partner_id for row in reading.connection.execute(reached)}
    day = query.on or day_of(reading.now, reading.enterprise.zone)
    found = stored.terms_of_deals(reading.connection, partner_of, day)
    return {"terms": [terms_json(found[one]) if one in found else None for one in query.deal_ids]}
