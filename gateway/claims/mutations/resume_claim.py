"""resumeClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime


class ResumeClaimInput(graphene.InputObjectType):
    """Which claim goes on."""

    claim = reference(Kind.CLAIM, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = DateTime()


class ResumeClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


resume_claim = mutation(
    "claims",
    "resume_claim",
    takes=ResumeClaimInput,
    gives=ResumeClaimPayload,
    read=whole("claim"),
    description="Go on with a claim that waited on the client.",
)
