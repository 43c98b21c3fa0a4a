"""The sale terms that hold for partners."""

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
from services.deals.storage.tables import partners


@dataclass(frozen=True, kw_only=True)
class TermsOfPartners:
    """Ask for the terms that hold for partners on a business day; today, if none is named."""

    partner_ids: list[UUID]
    on: date | None = None


def terms_of_partners(query: TermsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give the terms of each partner, or null; null for one not within reach. Those of single deals are left out."""
    p = partners.c
    known = sa.select(p.id).where(p.id.in_(query.partner_ids))
    reached = set(reading.connection.execute(known.where(*within_reach(actor, p.manager_id))).scalars())
    hidden = set(reading.connection.execute(known).scalars()) - reached
    day = query.on or day_of(reading.now, reading.enterprise.zone)
    found = stored.terms_of_partners(reading.connection, set(query.partner_ids) - hidden, day)
    return {"terms": [terms_json(found[one]) if one in found else None for one in query.partner_ids]}
