"""What can be done about interactions."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.kinds_of_interaction import InteractionDirection, InteractionKind
from gateway.contacts.types import Interaction
from gateway.kinds import Kind
from gateway.references import reference, references
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, DateTime


class InteractionOutcomeInput(graphene.InputObjectType):
    """What came of it; the key is small letters, digits and _, like call_back."""

    key = graphene.String(required=True)
    text = graphene.String()


class InteractionGuestInput(graphene.InputObjectType):
    """Someone who took part and is not known here: by phone, by e-mail or both."""

    name = graphene.String()
    phone = graphene.String()
    email = graphene.String()


class AttachmentInput(graphene.InputObjectType):
    """A file that is kept elsewhere; `size` in bytes, as a whole number."""

    name = graphene.String(required=True)
    media_type = graphene.String(required=True)
    size = graphene.Float(required=True)
    url = graphene.String(required=True)
    sha256 = graphene.String()


class MentionInput(graphene.InputObjectType):
    """Where the text speaks of a person, in characters of Unicode; what is marked is erased with the person."""

    person = reference(Kind.CONTACT_PERSON, required=True)
    start = graphene.Int(required=True)
    end = graphene.Int(required=True, description="the first character that is no part of it")


class RegisterInteractionInput(graphene.InputObjectType):
    """What was said. A deal brings its partner; without managers it is the caller who took part; OUT if nothing else is said."""

    kind = InteractionKind(required=True)
    direction = InteractionDirection()
    title = graphene.String()
    text = graphene.String()
    mentions = graphene.List(graphene.NonNull(MentionInput))
    started_at = DateTime(description="in the past; now, if not said")
    duration_seconds = graphene.Int()
    outcome = graphene.InputField(InteractionOutcomeInput)
    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    claims = references(Kind.CLAIM)
    persons = references(Kind.CONTACT_PERSON)
    managers = references(Kind.MANAGER)
    guests = graphene.List(graphene.NonNull(InteractionGuestInput))
    attachments = graphene.List(graphene.NonNull(AttachmentInput))
    automatic = graphene.Boolean(description="written by a machine, as an automatic reply is")
    idempotency_key = graphene.String()


class RegisterInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class PlanReminderInput(graphene.InputObjectType):
    """To be reminded so long ahead; without managers, all who take part are."""

    minutes_before = graphene.Int(required=True)
    managers = references(Kind.MANAGER)


class PlanInteractionInput(graphene.InputObjectType):
    """What is to come: `startsAt` with `endsAt`, or whole days from `startsOn` to `endsOn`, both included."""

    kind = InteractionKind(required=True)
    direction = InteractionDirection()
    title = graphene.String()
    text = graphene.String()
    mentions = graphene.List(graphene.NonNull(MentionInput))
    starts_at = DateTime()
    ends_at = DateTime()
    starts_on = Date()
    ends_on = Date()
    time_zone = graphene.String(description="like Europe/Berlin; the enterprise's, if not said")
    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    claims = references(Kind.CLAIM)
    persons = references(Kind.CONTACT_PERSON)
    managers = references(Kind.MANAGER)
    guests = graphene.List(graphene.NonNull(InteractionGuestInput))
    recurrence = graphene.String(
        description="RRULE of RFC 5545, as FREQ=WEEKLY;BYDAY=MO: when one is done or cancelled, the next is planned"
    )
    reminders = graphene.List(graphene.NonNull(PlanReminderInput))
    idempotency_key = graphene.String()


class PlanInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class CompleteInteractionInput(graphene.InputObjectType):
    """A planned interaction that took place: when it was planned for, or now if that is to come, unless something else is said."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    started_at = DateTime()
    duration_seconds = graphene.Int()
    text = graphene.String()
    mentions = graphene.List(graphene.NonNull(MentionInput))
    outcome = graphene.InputField(InteractionOutcomeInput)
    idempotency_key = graphene.String()


class CompleteInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class RescheduleInteractionInput(graphene.InputObjectType):
    """Another time for a planned interaction, given whole; the time zone stays unless another is given."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    starts_at = DateTime()
    ends_at = DateTime()
    starts_on = Date()
    ends_on = Date()
    time_zone = graphene.String()
    idempotency_key = graphene.String()


class RescheduleInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class CancelInteractionInput(graphene.InputObjectType):
    """A planned interaction that will not take place."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    reason = graphene.String()
    whole_series = graphene.Boolean(description="and all that would follow it in its series")
    idempotency_key = graphene.String()


class CancelInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class CorrectInteractionInput(graphene.InputObjectType):
    """What was not as it is on record; what is left out is, lists are given whole, null takes off."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    kind = InteractionKind()
    direction = InteractionDirection()
    title = graphene.String()
    text = graphene.String()
    mentions = graphene.List(graphene.NonNull(MentionInput))
    started_at = DateTime()
    duration_seconds = graphene.Int()
    outcome = graphene.InputField(InteractionOutcomeInput)
    partners = references(Kind.PARTNER)
    deals = references(Kind.DEAL)
    claims = references(Kind.CLAIM)
    persons = references(Kind.CONTACT_PERSON)
    managers = references(Kind.MANAGER)
    guests = graphene.List(graphene.NonNull(InteractionGuestInput))
    attachments = graphene.List(graphene.NonNull(AttachmentInput))
    automatic = graphene.Boolean()
    idempotency_key = graphene.String()


class CorrectInteractionPayload(Payload):
    """The interaction that stands in the place of the old one, or what to put right."""

    interaction = graphene.Field(Interaction)


class ReviewInteractionInput(graphene.InputObjectType):
    """An interaction that someone has seen to, or with `reviewed` false one that someone still has to."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    reviewed = graphene.Boolean()
    idempotency_key = graphene.String()


class ReviewInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


class PostponeInteractionInput(graphene.InputObjectType):
    """An interaction that someone will see to later."""

    interaction = reference(Kind.INTERACTION, required=True)
    expected_version = graphene.Int()
    until = DateTime(required=True)
    idempotency_key = graphene.String()


class PostponeInteractionPayload(Payload):
    """The interaction, or what to put right."""

    interaction = graphene.Field(Interaction)


register_interaction = mutation(
    "contacts",
    "register_interaction",
    takes=RegisterInteractionInput,
    gives=RegisterInteractionPayload,
    read=whole("interaction"),
    description="Put on record what was said.",
)

plan_interaction = mutation(
    "contacts",
    "plan_interaction",
    takes=PlanInteractionInput,
    gives=PlanInteractionPayload,
    read=whole("interaction"),
    description="Plan an interaction.",
)

complete_interaction = mutation(
    "contacts",
    "complete_interaction",
    takes=CompleteInteractionInput,
    gives=CompleteInteractionPayload,
    read=whole("interaction"),
    description="Say that a planned interaction took place; from then on it stays as it is.",
)

reschedule_interaction = mutation(
    "contacts",
    "reschedule_interaction",
    takes=RescheduleInteractionInput,
    gives=RescheduleInteractionPayload,
    read=whole("interaction"),
    description="Move a planned interaction to another time.",
)

cancel_interaction = mutation(
    "contacts",
    "cancel_interaction",
    takes=CancelInteractionInput,
    gives=CancelInteractionPayload,
    read=whole("interaction"),
    description="Say that a planned interaction will not take place.",
)

correct_interaction = mutation(
    "contacts",
    "correct_interaction",
    takes=CorrectInteractionInput,
    gives=CorrectInteractionPayload,
    read=whole("interaction"),
    nulls=True,
    description="Put another interaction in the place of one that is wrong; the old one stays as it was.",
)

review_interaction = mutation(
    "contacts",
    "review_interaction",
    takes=ReviewInteractionInput,
    gives=ReviewInteractionPayload,
    read=whole("interaction"),
    description="Note that someone has seen to an interaction.",
)

postpone_interaction = mutation(
    "contacts",
    "postpone_interaction",
    takes=PostponeInteractionInput,
    gives=PostponeInteractionPayload,
    read=whole("interaction"),
    description="Put off seeing to an interaction.",
)
