"""What each of several partners asked for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.interests import interest_row_view, interests_in_reach
from services.contacts.storage.tables import interests


@dataclass(frozen=True, kw_only=True)
class InterestsOfPartners:
    """Ask for the interests of partners."""

    partner_ids: list[UUID]


def interests_of_partners(query: InterestsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a list for each partner, in the order asked for, the oldest interest first."""
    read = (
        sa.select(interests)
        .where(interests.c.partner_id.in_(query.partner_ids), interests_in_reach(actor))
        .order_by(interests.c.occurred_at, interests.c.id)
    )
    found: dict[UUID, list[Json]] = {id: [] for id in query.partner_ids}
    for row in reading.connection.execute(read):
        found[row.partner_id].append(interest_row_view(row))
    return {"interests": [found[id] for id in query.partner_ids]}
