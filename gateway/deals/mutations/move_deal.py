"""moveDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class MoveDealInput(graphene.InputObjectType):
    """A stage for a deal to enter, by its key."""

    deal = reference(Kind.DEAL, required=True)
    stage = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class MoveDealPayload(Payload):
    """The deal, or what is missing: GUARDS_UNMET (details: the guards), NOT_NEXT_STAGE, NO_STAGES, DEAL_CLOSED."""

    deal = graphene.Field(Deal)


move_deal = mutation(
    "deals",
    "move_deal",
    takes=MoveDealInput,
    gives=MoveDealPayload,
    read=whole("deal"),
    description="Move a deal to a stage that its process lets it enter.",
)
