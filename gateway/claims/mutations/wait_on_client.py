"""waitOnClient."""

from __future__ import annotations

import graphene

from gateway.claims.types import Claim
from gateway.commands import mutation, whole
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class WaitOnClientInput(graphene.InputObjectType):
    """Which claim waits."""

    claim = reference(Kind.CLAIM, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its claim")


class WaitOnClientPayload(Payload):
    """The claim, or what to put right."""

    claim = graphene.Field(Claim)


wait_on_client = mutation(
    "claims",
    "wait_on_client",
    takes=WaitOnClientInput,
    gives=WaitOnClientPayload,
    read=whole("claim"),
    description="Let a claim wait on the client: the clock of its resolution stands still.",
)
