"""What each of several partners asked for."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.interests import interest_row_view, interests_in_reach
from services.contacts.storage.merged import groups_of
from services.contacts.storage.tables import interests


@dataclass(frozen=True, kw_only=True)
class InterestsOfPartners:
    """Ask for the interests of partners."""

    partner_ids: list[UUID]


def interests_of_partners(query: InterestsOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a list for each partner, in the order asked for, the oldest interest first."""
    groups = groups_of(reading.connection, query.partner_ids)
    asked = {id for group in groups.values() for id in group}
    read = (
        sa.select(interests)
        .where(interests.c.partner_id.in_(asked), interests_in_reach(actor))
        .order_by(interests.c.occurred_at, interests.c.id)
    )
    rows = reading.connection.execute(read).all()
    return {
        "interests": [
            [interest_row_view(row) for row in rows if row.partner_id in groups[id]] for id in query.partner_ids
        ]
    }
