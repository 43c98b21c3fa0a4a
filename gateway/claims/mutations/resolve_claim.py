"""resolveClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class ResolveClaimInput(graphene.InputObjectType):
    """How a claim was settled."""

    claim = reference(Kind.CLAIM, required=True)
    resolution = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ResolveClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


resolve_claim = mutation(
    "claims",
    "resolve_claim",
    takes=ResolveClaimInput,
    gives=ResolveClaimPayload,
    read=whole("claim"),
    description="Settle a claim.",
)
