"""Which interactions and reminders, in lists and relations."""

from __future__ import annotations

import graphene

from chassis.wire import Json
from gateway.contacts.kinds_of_interaction import InteractionDirection, InteractionKind, InteractionState
from gateway.kinds import Kind
from gateway.references import references
from gateway.shapes.filters import wire_filter
from gateway.shapes.scalars import DateTime


class InteractionFilter(graphene.InputObjectType):
    """Which interactions; what is not given does not matter, an empty list lets nothing through, but those that were corrected are left out unless asked for."""

    kinds = graphene.List(graphene.NonNull(InteractionKind))
    states = graphene.List(graphene.NonNull(InteractionState))
    directions = graphene.List(graphene.NonNull(InteractionDirection))
    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    claims = references(Kind.CLAIM)
    persons = references(Kind.CONTACT_PERSON)
    managers = references(Kind.MANAGER)
    since = DateTime(description="at this moment or later")
    until = DateTime(description="before this moment")
    reviewed = graphene.Boolean()
    automatic = graphene.Boolean()
    corrected = graphene.Boolean(
        description="true: only those that another one corrects; false, if not said: none of them"
    )


def interaction_filter(given: Json | None) -> Json:
    """Give a filter of interactions as the service takes it."""
    return wire_filter(given, InteractionFilter)


class ReminderState(graphene.Enum):
    """Whether it still has something to tell or waits to be dismissed, or has ended or was cancelled."""

    ACTIVE = "ACTIVE"
    ENDED = "ENDED"
    CANCELLED = "CANCELLED"


class ReminderFilter(graphene.InputObjectType):
    """Which reminders; what is not given does not matter, an empty list lets nothing through."""

    managers = references(Kind.MANAGER)
    states = graphene.List(graphene.NonNull(ReminderState))
    due = graphene.Boolean(description="those that have told of something and were not dismissed since, or the others")
    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    interactions = references(Kind.INTERACTION)
    since = DateTime(description="that fire next, or did last, at this moment or later")
    until = DateTime(description="before this moment")


def reminder_filter(given: Json | None) -> Json:
    """Give a filter of reminders as the service takes it."""
    return wire_filter(given, ReminderFilter)
