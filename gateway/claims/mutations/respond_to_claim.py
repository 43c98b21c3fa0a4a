"""respondToClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim, ClaimAnswerKind
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class RespondToClaimInput(graphene.InputObjectType):
    """What was said about a claim; an answer to the client, if no kind is given."""

    claim = reference(Kind.CLAIM, required=True)
    kind = ClaimAnswerKind()
    text = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class RespondToClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


respond_to_claim = mutation(
    "claims",
    "respond_to_claim",
    takes=RespondToClaimInput,
    gives=RespondToClaimPayload,
    read=whole("claim"),
    description="Tell what was said about a claim; the first answer to the client ends the clock of the first response.",
)
