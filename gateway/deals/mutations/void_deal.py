"""voidDeal and unvoidDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload


class VoidDealInput(graphene.InputObjectType):
    """A deal that was registered by mistake, and how that came."""

    deal = reference(Kind.DEAL, required=True)
    reason = graphene.String(required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class VoidDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


class UnvoidDealInput(graphene.InputObjectType):
    """A voided deal that was no mistake."""

    deal = reference(Kind.DEAL, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class UnvoidDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


void_deal = mutation(
    "deals",
    "void_deal",
    takes=VoidDealInput,
    gives=VoidDealPayload,
    read=whole("deal"),
    description="Take a deal that was registered by mistake out of lists and figures; other commands then answer DEAL_VOIDED.",
)

unvoid_deal = mutation(
    "deals",
    "unvoid_deal",
    takes=UnvoidDealInput,
    gives=UnvoidDealPayload,
    read=whole("deal"),
    description="Let a voided deal stand as it stood before.",
)
