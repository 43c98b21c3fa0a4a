"""erasePerson."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.types import ContactPerson
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class ErasePersonInput(graphene.InputObjectType):
    """A contact person who asked to be forgotten, and why this is done; it cannot be undone."""

    person = reference(Kind.CONTACT_PERSON, required=True)
    reason = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ErasePersonPayload(Payload):
    """What is left of the person, or what to put right."""

    contact_person = graphene.Field(ContactPerson)


erase_person = mutation(
    "contacts",
    "erase_person",
    takes=ErasePersonInput,
    gives=ErasePersonPayload,
    read=whole("contact_person"),
    description="Erase all that is personal of a contact person, everywhere; needs the scope privacy.",
)
