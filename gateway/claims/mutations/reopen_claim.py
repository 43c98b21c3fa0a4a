"""reopenClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class ReopenClaimInput(graphene.InputObjectType):
    """Why a resolved claim is taken up again."""

    claim = reference(Kind.CLAIM, required=True)
    reason = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class ReopenClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


reopen_claim = mutation(
    "claims",
    "reopen_claim",
    takes=ReopenClaimInput,
    gives=ReopenClaimPayload,
    read=whole("claim"),
    description="Take a resolved claim up again; its clock goes on where it stopped.",
)
