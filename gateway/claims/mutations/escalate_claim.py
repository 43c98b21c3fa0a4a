"""escalateClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class EscalateClaimInput(graphene.InputObjectType):
    """Who is to look at a claim: whoever is above the one who has it, if nobody is named."""

    claim = reference(Kind.CLAIM, required=True)
    manager = reference(Kind.MANAGER)
    reason = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class EscalateClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


escalate_claim = mutation(
    "claims",
    "escalate_claim",
    takes=EscalateClaimInput,
    gives=EscalateClaimPayload,
    read=whole("claim"),
    description="Escalate a claim by hand.",
)
