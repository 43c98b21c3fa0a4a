"""winDeal, loseDeal and reopenDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import occurred_at


class WinDealInput(graphene.InputObjectType):
    """A deal that is won."""

    deal = reference(Kind.DEAL, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class WinDealPayload(Payload):
    """The deal, or what is missing: SHIPMENT_REQUIRED in a CONTROLLED process."""

    deal = graphene.Field(Deal)


class LoseDealInput(graphene.InputObjectType):
    """A deal that is lost, with the key of the reason and, where known, to whom."""

    deal = reference(Kind.DEAL, required=True)
    reason = graphene.String(required=True)
    competitor = reference(Kind.PARTNER)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class LoseDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


class ReopenDealInput(graphene.InputObjectType):
    """A closed deal on which work goes on."""

    deal = reference(Kind.DEAL, required=True)
    reason = graphene.String()
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class ReopenDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


win_deal = mutation(
    "deals",
    "win_deal",
    takes=WinDealInput,
    gives=WinDealPayload,
    read=whole("deal"),
    description="Close a deal as won.",
)

lose_deal = mutation(
    "deals",
    "lose_deal",
    takes=LoseDealInput,
    gives=LoseDealPayload,
    read=whole("deal"),
    description="Close a deal as lost, for a reason of the managed list.",
)

reopen_deal = mutation(
    "deals",
    "reopen_deal",
    takes=ReopenDealInput,
    gives=ReopenDealPayload,
    read=whole("deal"),
    description="Put a closed deal in progress again.",
)
