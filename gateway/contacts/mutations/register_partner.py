"""registerPartner."""

from __future__ import annotations

import graphene
from graphql import GraphQLResolveInfo

from chassis.wire import Json
from gateway.commands import mutation, whole
from gateway.contacts.kinds_of_interaction import InteractionDirection, InteractionKind
from gateway.contacts.mutations.inputs import ContactPersonInput, ContactPointInput, LegalEntityInput
from gateway.contacts.mutations.interactions import InteractionOutcomeInput
from gateway.contacts.types import DuplicateCandidate, Partner, PartnerRole
from gateway.execution.deferred import Deferred
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at
from gateway.shapes.values import ExternalRefInput


class FirstInteractionInput(graphene.InputObjectType):
    """The first contact: what was said, and when; now, if not said."""

    kind = InteractionKind(required=True)
    direction = InteractionDirection()
    occurred_at = occurred_at()
    subject = graphene.String()
    text = graphene.String()
    outcome = graphene.InputField(InteractionOutcomeInput)


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
    interaction = graphene.InputField(FirstInteractionInput)
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class RegisterPartnerPayload(Payload):
    """The partner and those it may be the same as, or what to put right."""

    partner = graphene.Field(Partner)
    duplicates = graphene.List(
        graphene.NonNull(DuplicateCandidate), required=True, description="the likeliest first; only those in reach"
    )

    def resolve_duplicates(payload: Json, info: GraphQLResolveInfo) -> Deferred | list[Json]:
        partner = payload.get("partner")
        return info.context.loaders.duplicates_of_partners.load(partner["id"]) if partner else []


register_partner = mutation(
    "contacts",
    "register_partner",
    takes=RegisterPartnerInput,
    gives=RegisterPartnerPayload,
    read=whole("partner"),
    description="Register a new partner.",
)
