"""registerContactPerson, changeContactPerson, linkContactPerson and unlinkContactPerson."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.mutations.inputs import ContactPersonInput
from gateway.contacts.types import ContactPerson, PersonRole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class RegisterContactPersonInput(ContactPersonInput):
    """A new person, who may work for a partner or a legal entity from the beginning."""

    partner = reference(Kind.PARTNER)
    legal_entity = reference(Kind.LEGAL_ENTITY)
    idempotency_key = graphene.String()


class RegisterContactPersonPayload(Payload):
    """The person, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


class ChangeContactPersonInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes it off."""

    contact_person = reference(Kind.CONTACT_PERSON, required=True)
    expected_version = graphene.Int()
    full_name = graphene.String()
    birthday = Date()
    notes = graphene.String()
    time_zone = graphene.String()
    idempotency_key = graphene.String()


class ChangeContactPersonPayload(Payload):
    """The person as they are now, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


class LinkContactPersonInput(graphene.InputObjectType):
    """For whom a person works: a partner or a legal entity; one that is linked already gets these facts."""

    contact_person = reference(Kind.CONTACT_PERSON, required=True)
    partner = reference(Kind.PARTNER)
    legal_entity = reference(Kind.LEGAL_ENTITY)
    role = PersonRole()
    job_title = graphene.String()
    valid_from = Date()
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int(description="of the partner or the legal entity")
    idempotency_key = graphene.String()


class LinkContactPersonPayload(Payload):
    """The person as they are now, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


class UnlinkContactPersonInput(graphene.InputObjectType):
    """Whom a person has left, and when; today if not said."""

    contact_person = reference(Kind.CONTACT_PERSON, required=True)
    partner = reference(Kind.PARTNER)
    legal_entity = reference(Kind.LEGAL_ENTITY)
    valid_to = Date(description="the first day on which it holds no more")
    expected_version = graphene.Int(description="of the partner or the legal entity")
    idempotency_key = graphene.String()


class UnlinkContactPersonPayload(Payload):
    """The person as they are now, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


register_contact_person = mutation(
    "contacts",
    "register_contact_person",
    takes=RegisterContactPersonInput,
    gives=RegisterContactPersonPayload,
    read=whole("contact_person"),
    description="Register a contact person.",
)

change_contact_person = mutation(
    "contacts",
    "change_contact_person",
    takes=ChangeContactPersonInput,
    gives=ChangeContactPersonPayload,
    read=whole("contact_person"),
    nulls=True,
    description="Change what is known of a contact person.",
)

link_contact_person = mutation(
    "contacts",
    "link_contact_person",
    takes=LinkContactPersonInput,
    gives=LinkContactPersonPayload,
    read=whole("contact_person"),
    description="Say for whom a person works, and as what.",
)

unlink_contact_person = mutation(
    "contacts",
    "unlink_contact_person",
    takes=UnlinkContactPersonInput,
    gives=UnlinkContactPersonPayload,
    read=whole("contact_person"),
    description="Say that a person works for someone no more.",
)
