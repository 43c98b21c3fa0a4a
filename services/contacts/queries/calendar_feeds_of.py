"""The calendar feeds of managers."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.store.database import Reading
from chassis.wire import Json
from services.contacts.domain.calendar_feed import CalendarFeed
from services.contacts.storage.calendar_feeds import feed_view
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.tables import calendar_feeds


@dataclass(frozen=True, kw_only=True)
class CalendarFeedsOf:
    """Ask for the feeds of managers, those that are revoked too."""

    manager_ids: list[UUID]


def calendar_feeds_of(query: CalendarFeedsOf, reading: Reading, actor: Actor) -> Json:
    """Give the feeds of each manager in the order of their opening; none of those out of reach."""
    of = calendar_feeds.c
    select = sa.select(calendar_feeds).where(
        of.manager_id.in_(query.manager_ids), managers_in_reach(actor, of.manager_id)
    )
    by_manager: dict[UUID, list[Json]] = defaultdict(list)
    for row in reading.connection.execute(select.order_by(of.created_at, of.id)).mappings():
        by_manager[row["manager_id"]].append(feed_view(CalendarFeed(**row)))
    return {"feeds": [by_manager.get(manager_id, []) for manager_id in query.manager_ids]}
