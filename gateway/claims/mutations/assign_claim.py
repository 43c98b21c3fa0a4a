"""assignClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class AssignClaimInput(graphene.InputObjectType):
    """Who is to work on a claim."""

    claim = reference(Kind.CLAIM, required=True)
    manager = reference(Kind.MANAGER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class AssignClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


assign_claim = mutation(
    "claims",
    "assign_claim",
    takes=AssignClaimInput,
    gives=AssignClaimPayload,
    read=whole("claim"),
    description="Give a claim to a manager.",
)
