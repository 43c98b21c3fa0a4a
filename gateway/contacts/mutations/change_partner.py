"""changePartner."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.mutations.inputs import ContactPersonInput, ContactPointInput
from gateway.contacts.types import Partner, PartnerRole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class ChangePartnerInput(graphene.InputObjectType):
    """What is left out stays as it is; lists are given whole; null takes manager or parent off."""

    partner = reference(Kind.PARTNER, required=True)
    expected_version = graphene.Int()
    name = graphene.String()
    roles = graphene.List(graphene.NonNull(PartnerRole))
    manager = reference(Kind.MANAGER)
    parent = reference(Kind.PARTNER, description="the head office of which this is a branch")
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))
    contact_persons = graphene.List(graphene.NonNull(ContactPersonInput))
    idempotency_key = graphene.String()


class ChangePartnerPayload(Payload):
    """The partner as it is now, or what to put right."""

    partner = graphene.Field(Partner)


change_partner = mutation(
    "contacts",
    "change_partner",
    takes=ChangePartnerInput,
    gives=ChangePartnerPayload,
    read=whole("partner"),
    nulls=True,
    description="Change what is known of a partner.",
)
