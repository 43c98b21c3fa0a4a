"""Open a calendar feed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from chassis.actor import Actor
from chassis.errors import refuse
from chassis.store.database import Transaction
from chassis.wire import Json
from services.contacts.commands.set_reminder import recipient
from services.contacts.domain.calendar_feed import CalendarFeed
from services.contacts.storage.calendar_feeds import add_feed, feed_view


@dataclass(frozen=True, kw_only=True)
class OpenCalendarFeed:
    """Ask for an address under which calendars read what a manager, by default the one who asks, has planned."""

    manager_id: UUID | None = None


def open_calendar_feed(command: OpenCalendarFeed, tx: Transaction, actor: Actor) -> Json:
    """Open a feed and answer it with its secret, which is told now and never again."""
    manager = recipient(command.manager_id, tx, actor)
    if actor.reach != "all" and manager != actor.member_id:
        raise refuse("NOT_FOUND", f"there is no manager {manager} whose calendar you may open", "manager")
    feed, secret = CalendarFeed.open(manager, tx.now)
    add_feed(tx, feed)
    return {"feed": feed_view(feed), "secret": secret}
