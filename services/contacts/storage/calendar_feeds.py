"""Calendar feeds: reading and writing them."""

from __future__ import annotations

from dataclasses import asdict
from uuid import UUID

import sqlalchemy as sa

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.domain.calendar_feed import CalendarFeed
from services.contacts.storage.reach import managers_in_reach
from services.contacts.storage.tables import calendar_feeds


def lock_feed(tx: Transaction, actor: Actor, feed_id: UUID) -> CalendarFeed:
    """Read a feed and hold it until the commit; raise Refused with NOT_FOUND."""
    mine = managers_in_reach(actor, calendar_feeds.c.manager_id)
    read = sa.select(calendar_feeds).where(calendar_feeds.c.id == feed_id, mine).with_for_update()
    row = tx.connection.execute(read).mappings().first()
    if row is None:
        raise refuse("NOT_FOUND", f"there is no calendar feed {feed_id}", "feed")
    return CalendarFeed(**row)


def add_feed(tx: Transaction, feed: CalendarFeed) -> None:
    """Write a new feed."""
    tx.connection.execute(calendar_feeds.insert(), asdict(feed))


def save_feed(tx: Transaction, feed: CalendarFeed) -> None:
    """Write a feed that was read before."""
    tx.connection.execute(calendar_feeds.update().where(calendar_feeds.c.id == feed.id).values(asdict(feed)))


def feed_view(feed: CalendarFeed) -> Json:
    """Give a feed as it is answered, without what would let others read it."""
    return {
        "id": feed.id,
        "manager_id": feed.manager_id,
        "created_at": feed.created_at,
        "revoked_at": feed.revoked_at,
    }
