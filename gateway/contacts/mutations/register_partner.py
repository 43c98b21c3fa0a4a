"""registerPartner."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.contacts.mutations.inputs import ContactPersonInput, ContactPointInput, LegalEntityInput
from gateway.contacts.types import Partner, PartnerRole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime
from gateway.shapes.values import ExternalRefInput


class RegisterPartnerInput(graphene.InputObjectType):
    """A new partner with whom to talk to there; PROSPECT if no role is given."""

    name = graphene.String(required=True)
    roles = graphene.List(graphene.NonNull(PartnerRole))
    legal_entities = graphene.List(graphene.NonNull(LegalEntityInput))
    contact_persons = graphene.List(graphene.NonNull(ContactPersonInput))
    contact_points = graphene.List(graphene.NonNull(ContactPointInput))
    source = graphene.String()
    interest = graphene.String()
    campaign = graphene.String()
    manager = reference(Kind.MANAGER)
    parent = reference(Kind.PARTNER)
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()
    occurred_at = DateTime()


class RegisterPartnerPayload(Payload):
    """The partner, or what to put right."""

    partner = graphene.Field(Partner)


register_partner = mutation(
    "contacts",
    "register_partner",
    takes=RegisterPartnerInput,
    gives=RegisterPartnerPayload,
    read=whole("partner"),
    description="Register a new partner.",
)
