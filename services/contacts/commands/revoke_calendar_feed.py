"""Revoke a calendar feed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.storage.calendar_feeds import feed_view, lock_feed, save_feed


@dataclass(frozen=True, kw_only=True)
class RevokeCalendarFeed:
    """Ask that nobody read a feed any more."""

    feed: UUID


def revoke_calendar_feed(command: RevokeCalendarFeed, tx: Transaction, actor: Actor) -> Json:
    """Revoke a feed and answer it."""
    feed = lock_feed(tx, actor, command.feed).revoke(tx.now)
    save_feed(tx, feed)
    return feed_view(feed)
