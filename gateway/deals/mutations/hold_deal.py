"""holdDeal and resumeDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import DateTime


class HoldDealInput(graphene.InputObjectType):
    """A deal that waits, and why; at `until` it goes on by itself."""

    deal = reference(Kind.DEAL, required=True)
    reason = graphene.String(required=True)
    until = DateTime()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class HoldDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


class ResumeDealInput(graphene.InputObjectType):
    """A deal on hold that goes on."""

    deal = reference(Kind.DEAL, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class ResumeDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


hold_deal = mutation(
    "deals",
    "hold_deal",
    takes=HoldDealInput,
    gives=HoldDealPayload,
    read=whole("deal"),
    description="Put a deal in progress on hold: it can be lost or resumed, but neither moved nor won (DEAL_ON_HOLD).",
)

resume_deal = mutation(
    "deals",
    "resume_deal",
    takes=ResumeDealInput,
    gives=ResumeDealPayload,
    read=whole("deal"),
    description="Go on with a deal that is on hold.",
)
