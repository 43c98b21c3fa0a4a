"""addContactPoint, changeContactPoint, endContactPoint, restoreContactPoint and setPrimaryContactPoint."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.mutations.inputs import AddressInput, ContactPointInput
from gateway.contacts.types import ContactPoint, Messenger
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class AddContactPointInput(ContactPointInput):
    """A new contact point of one owner; `expectedVersion` is the owner's."""

    partner = reference(Kind.PARTNER)
    contact_person = reference(Kind.CONTACT_PERSON)
    legal_entity = reference(Kind.LEGAL_ENTITY)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ChangeContactPointInput(graphene.InputObjectType):
    """What is left out stays as it is; `expectedVersion` is the owner's."""

    contact_point = reference(Kind.CONTACT_POINT, required=True)
    value = graphene.String()
    country = graphene.String(description="of a national phone number")
    messenger = Messenger()
    address = graphene.InputField(AddressInput)
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class EndContactPointInput(graphene.InputObjectType):
    """Which contact point holds no more, and since when; today if not said. `expectedVersion` is the owner's."""

    contact_point = reference(Kind.CONTACT_POINT, required=True)
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class RestoreContactPointInput(graphene.InputObjectType):
    """Which contact point holds again; `expectedVersion` is the owner's."""

    contact_point = reference(Kind.CONTACT_POINT, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class SetPrimaryContactPointInput(graphene.InputObjectType):
    """Which contact point of its kind is to be used first; `expectedVersion` is the owner's."""

    contact_point = reference(Kind.CONTACT_POINT, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class AddContactPointPayload(Payload):
    """The contact point, or what to put right."""

    contact_point = graphene.Field(ContactPoint)


class ChangeContactPointPayload(Payload):
    """The contact point as it is now, or what to put right."""

    contact_point = graphene.Field(ContactPoint)


class EndContactPointPayload(Payload):
    """The contact point as it is now, or what to put right."""

    contact_point = graphene.Field(ContactPoint)


class RestoreContactPointPayload(Payload):
    """The contact point as it is now, or what to put right."""

    contact_point = graphene.Field(ContactPoint)


class SetPrimaryContactPointPayload(Payload):
    """The contact point as it is now, or what to put right."""

    contact_point = graphene.Field(ContactPoint)


add_contact_point = mutation(
    "contacts",
    "add_contact_point",
    takes=AddContactPointInput,
    gives=AddContactPointPayload,
    read=whole("contact_point"),
    description="Add a way to reach a partner, a person or a legal entity.",
)

change_contact_point = mutation(
    "contacts",
    "change_contact_point",
    takes=ChangeContactPointInput,
    gives=ChangeContactPointPayload,
    read=whole("contact_point"),
    nulls=True,
    description="Change a contact point.",
)

end_contact_point = mutation(
    "contacts",
    "end_contact_point",
    takes=EndContactPointInput,
    gives=EndContactPointPayload,
    read=whole("contact_point"),
    description="Say that someone cannot be reached this way any more.",
)

restore_contact_point = mutation(
    "contacts",
    "restore_contact_point",
    takes=RestoreContactPointInput,
    gives=RestoreContactPointPayload,
    read=whole("contact_point"),
    description="Take back that a contact point has ended.",
)

set_primary_contact_point = mutation(
    "contacts",
    "set_primary_contact_point",
    takes=SetPrimaryContactPointInput,
    gives=SetPrimaryContactPointPayload,
    read=whole("contact_point"),
    description="Say which contact point of its kind is to be used first.",
)
