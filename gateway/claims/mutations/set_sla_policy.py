"""setSlaPolicy."""

from __future__ import annotations

import graphene

from gateway.claims.types import ClaimSeverity, SlaPolicy
from gateway.commands import mutation, whole
from gateway.shapes.problems import Payload


class SlaTargetInput(graphene.InputObjectType):
    """Minutes of business time that are allowed at a severity."""

    severity = ClaimSeverity(required=True)
    first_response_minutes = graphene.Int(required=True)
    resolution_minutes = graphene.Int(required=True)


class SetSlaPolicyInput(graphene.InputObjectType):
    """The targets of claims to come, one of each severity; nobody is warned if no share is given."""

    targets = graphene.List(graphene.NonNull(SlaTargetInput), required=True)
    warn_at_percent = graphene.Int()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class SetSlaPolicyPayload(Payload):
    """The new version, or what to put right."""

    sla_policy = graphene.Field(SlaPolicy)


set_sla_policy = mutation(
    "claims",
    "set_sla_policy",
    takes=SetSlaPolicyInput,
    gives=SetSlaPolicyPayload,
    read=whole("sla_policy"),
    description="Set the service levels for claims to come; needs the scope lists.",
)
