"""openCalendarFeed and revokeCalendarFeed."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.commands import mutation, whole
from gateway.contacts.types import CalendarFeed
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class OpenCalendarFeedInput(graphene.InputObjectType):
    """Whose calendar; the caller's, if nobody is named."""

    manager = reference(Kind.MANAGER)
    idempotency_key = graphene.String()


class OpenCalendarFeedPayload(Payload):
    """The feed, and the path of its calendar, which holds the secret and is told only now."""

    feed = graphene.Field(CalendarFeed)
    path = graphene.String()


class RevokeCalendarFeedInput(graphene.InputObjectType):
    """A feed that nobody is to read any more."""

    feed = graphene.ID(required=True)
    idempotency_key = graphene.String()


class RevokeCalendarFeedPayload(Payload):
    """The feed, or what to put right."""

    feed = graphene.Field(CalendarFeed)


def _with_path(answer: Json) -> Json:
    return {"feed": answer["feed"], "path": f"/calendars/{answer['secret']}.ics"}


open_calendar_feed = mutation(
    "contacts",
    "open_calendar_feed",
    takes=OpenCalendarFeedInput,
    gives=OpenCalendarFeedPayload,
    read=_with_path,
    description="Open an address under which calendars read what a manager has planned.",
)

revoke_calendar_feed = mutation(
    "contacts",
    "revoke_calendar_feed",
    takes=RevokeCalendarFeedInput,
    gives=RevokeCalendarFeedPayload,
    read=whole("feed"),
    description="Let nobody read a calendar feed any more.",
)
