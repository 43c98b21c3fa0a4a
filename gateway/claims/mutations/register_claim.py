"""registerClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim, ClaimCause, ClaimSeverity
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class RegisterClaimInput(graphene.InputObjectType):
    """A client's complaint; NORMAL if no severity is given."""

    partner = reference(Kind.PARTNER, required=True)
    deal = reference(Kind.DEAL)
    subject = graphene.String(required=True)
    description = graphene.String()
    severity = ClaimSeverity()
    cause = ClaimCause(required=True)
    products = graphene.List(graphene.NonNull(graphene.String), description="keys of the products that it is about")
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class RegisterClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


register_claim = mutation(
    "claims",
    "register_claim",
    takes=RegisterClaimInput,
    gives=RegisterClaimPayload,
    read=whole("claim"),
    description="Register a client's claim.",
)
