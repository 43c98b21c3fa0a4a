"""resolveClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim, ClaimRootCause
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class ResolveClaimInput(graphene.InputObjectType):
    """How a claim was settled."""

    claim = reference(Kind.CLAIM, required=True)
    resolution = graphene.String(required=True)
    root_cause = ClaimRootCause(description="why it came to the claim, where that was found")
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


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
