"""changeClaim."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim, ClaimSeverity
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class ChangeClaimInput(graphene.InputObjectType):
    """How bad a claim is, or what it is about; what is not given stays."""

    claim = reference(Kind.CLAIM, required=True)
    severity = ClaimSeverity()
    products = graphene.List(graphene.NonNull(graphene.String))
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class ChangeClaimPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


change_claim = mutation(
    "claims",
    "change_claim",
    takes=ChangeClaimInput,
    gives=ChangeClaimPayload,
    read=whole("claim"),
    description="Change the severity or the products of a claim that is not resolved; its deadlines follow.",
)
