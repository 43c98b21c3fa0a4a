"""registerPreference and endPreference."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import Preference, PreferenceKind, PreferenceSource
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal


class RegisterPreferenceInput(graphene.InputObjectType):
    """What a partner prefers: STATED, if not said otherwise, from today on and without end."""

    partner = reference(Kind.PARTNER, required=True)
    kind = PreferenceKind(required=True)
    value = graphene.String(required=True, description="a key of the enterprise's own choice, like steel_pipes")
    weight = Decimal(description="from 0 to 1; 1, if not said")
    source = PreferenceSource(description="DERIVED for whoever may import")
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")
    idempotency_key = graphene.String()


class RegisterPreferencePayload(Payload):
    """The preference, or what to put right."""

    preference = graphene.Field(Preference)


class EndPreferenceInput(graphene.InputObjectType):
    """A preference that holds no more, from today on, if no other day is given."""

    preference = reference(Kind.PREFERENCE, required=True)
    on = Date()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class EndPreferencePayload(Payload):
    """The preference as it is now, or what to put right."""

    preference = graphene.Field(Preference)


register_preference = mutation(
    "contacts",
    "register_preference",
    takes=RegisterPreferenceInput,
    gives=RegisterPreferencePayload,
    read=whole("preference"),
    description="Put on record what a client prefers; of those stated in one thing the later ends the earlier.",
)

end_preference = mutation(
    "contacts",
    "end_preference",
    takes=EndPreferenceInput,
    gives=EndPreferencePayload,
    read=whole("preference"),
    description="Say that a preference holds no more.",
)
