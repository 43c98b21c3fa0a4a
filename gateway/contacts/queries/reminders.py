"""Questions about reminders."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.contacts.filters import ReminderFilter, reminder_filter
from gateway.contacts.types import Reminder, ReminderConnection
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind, names_a
from gateway.services import ask
from gateway.shapes.connections import connected, page_arguments, page_request


class ReminderQueries(graphene.ObjectType):
    """Questions to contacts about reminders."""

    reminder = graphene.Field(Reminder, id=graphene.ID(required=True))
    reminders = graphene.Field(
        ReminderConnection,
        required=True,
        filter=graphene.Argument(ReminderFilter),
        description="by when they fire next, or did last",
        **page_arguments(),
    )

    def resolve_reminder(_root: object, info: GraphQLResolveInfo, id: str) -> Deferred | None:
        return info.context.loaders.reminders.load(id) if names_a(Kind.REMINDER, id) else None

    def resolve_reminders(
        _root: object,
        info: GraphQLResolveInfo,
        filter: Json | None = None,
        first: int | None = None,
        after: str | None = None,
    ) -> Deferred:
        payload = {"filter": reminder_filter(filter), "page": page_request(info, first, after)}
        return connected(ask(info.context.services, "contacts", "list_reminders", payload), after)
