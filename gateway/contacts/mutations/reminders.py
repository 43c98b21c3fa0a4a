"""setReminder, snoozeReminder, dismissReminder, rescheduleReminder and cancelReminder."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import Reminder
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime


class SetReminderInput(graphene.InputObjectType):
    """Who is to be reminded (the caller, if nobody is named), when, and of what."""

    manager = reference(Kind.MANAGER)
    at = DateTime()
    minutes_before = graphene.Int(description="ahead of the planned interaction, and with it when it is moved")
    recurrence = graphene.String(description="RRULE of RFC 5545, as FREQ=WEEKLY;BYDAY=MO")
    time_zone = graphene.String(description="by whose clock it recurs; the recipient's, if not said")
    note = graphene.String()
    partner = reference(Kind.PARTNER)
    deal = reference(Kind.DEAL)
    claim = reference(Kind.CLAIM)
    interaction = reference(Kind.INTERACTION)
    idempotency_key = graphene.String()


class SnoozeReminderInput(graphene.InputObjectType):
    """Put off until then what it has told, or, where it has told nothing yet, what it will tell next."""

    reminder = reference(Kind.REMINDER, required=True)
    until = DateTime(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class DismissReminderInput(graphene.InputObjectType):
    """It was seen to; a recurring one goes on with its next occurrence."""

    reminder = reference(Kind.REMINDER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class RescheduleReminderInput(graphene.InputObjectType):
    """Another moment; the recurrence stays unless another one, or null, is given."""

    reminder = reference(Kind.REMINDER, required=True)
    at = DateTime(required=True)
    recurrence = graphene.String()
    time_zone = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CancelReminderInput(graphene.InputObjectType):
    """It is to tell nothing any more."""

    reminder = reference(Kind.REMINDER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class SetReminderPayload(Payload):
    """The reminder, or what to put right: REMIND_IN_PAST, INVALID_RECURRENCE …"""

    reminder = graphene.Field(Reminder)


class SnoozeReminderPayload(Payload):
    """The reminder, or what to put right: REMINDER_ENDED …"""

    reminder = graphene.Field(Reminder)


class DismissReminderPayload(Payload):
    """The reminder, or what to put right: NOT_DUE …"""

    reminder = graphene.Field(Reminder)


class RescheduleReminderPayload(Payload):
    """The reminder, or what to put right: FOLLOWS_PLAN where it goes with a planned interaction."""

    reminder = graphene.Field(Reminder)


class CancelReminderPayload(Payload):
    """The reminder, or what to put right."""

    reminder = graphene.Field(Reminder)


set_reminder = mutation(
    "contacts",
    "set_reminder",
    takes=SetReminderInput,
    gives=SetReminderPayload,
    read=whole("reminder"),
    description="Have a manager reminded, once or by a rule.",
)

snooze_reminder = mutation(
    "contacts",
    "snooze_reminder",
    takes=SnoozeReminderInput,
    gives=SnoozeReminderPayload,
    read=whole("reminder"),
    description="Put a reminder off.",
)

dismiss_reminder = mutation(
    "contacts",
    "dismiss_reminder",
    takes=DismissReminderInput,
    gives=DismissReminderPayload,
    read=whole("reminder"),
    description="Say that what a reminder told of was seen to.",
)

reschedule_reminder = mutation(
    "contacts",
    "reschedule_reminder",
    takes=RescheduleReminderInput,
    gives=RescheduleReminderPayload,
    read=whole("reminder"),
    nulls=True,
    description="Move a reminder to another time.",
)

cancel_reminder = mutation(
    "contacts",
    "cancel_reminder",
    takes=CancelReminderInput,
    gives=CancelReminderPayload,
    read=whole("reminder"),
    description="End a reminder.",
)
