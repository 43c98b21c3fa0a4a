"""What each of several partners prefers, as of a day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.clock import day_of
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.storage.merged import groups_of
from services.contacts.storage.preferences import preference_row_view, preferences_in_reach
from services.contacts.storage.sql import not_ended
from services.contacts.storage.tables import preferences


@dataclass(frozen=True, kw_only=True)
class PreferencesOfPartners:
    """Ask for the preferences that hold on a day, by default today."""

    partner_ids: list[UUID]
    as_of: date | None = None


def preferences_of_partners(query: PreferencesOfPartners, reading: Reading, actor: Actor) -> Json:
    """Give a list for each partner, in the order asked for: by kind, what counts most first."""
    p = preferences.c
    groups = groups_of(reading.connection, query.partner_ids)
    day = query.as_of or day_of(reading.now, reading.enterprise.zone)
    holding = (p.valid_from <= day, not_ended(preferences, day))
    read = (
        sa.select(preferences)
        .where(
            p.partner_id.in_([id for group in groups.values() for id in group]), *holding, preferences_in_reach(actor)
        )
        .order_by(p.kind, p.weight_ten_thousandths.desc(), p.id)
    )
    rows = reading.connection.execute(read).all()
    return {
        "preferences": [
            [preference_row_view(row) for row in rows if row.partner_id in groups[id]] for id in query.partner_ids
        ]
    }
