"""resumeClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class ResumeClaimInput(graphene.InputObjectType):
    """Which claim goes on."""

    claim = reference(Kind.CLAIM, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


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
