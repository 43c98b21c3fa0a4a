"""openDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, occurred_at
from gateway.shapes.values import ExternalRefInput, MoneyInput


class OpenDealInput(graphene.InputObjectType):
    """A new deal; without a manager it is the caller's, or else the partner's manager's."""

    process = reference(Kind.PROCESS, required=True)
    title = graphene.String(required=True)
    partner = reference(Kind.PARTNER)
    manager = reference(Kind.MANAGER)
    products = graphene.List(graphene.NonNull(graphene.String))
    amount = graphene.InputField(MoneyInput)
    expected_close_on = Date()
    planned_start_on = Date(description="a coming deal: when work on it is to begin")
    probability = graphene.Float(description="of winning it, 0 to 1; that of its stage, if not given")
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()
    occurred_at = occurred_at()


class OpenDealPayload(Payload):
    """The deal, or what to put right."""

    deal = graphene.Field(Deal)


open_deal = mutation(
    "deals",
    "open_deal",
    takes=OpenDealInput,
    gives=OpenDealPayload,
    read=whole("deal"),
    description="Open a deal in the first stage of a sales process.",
)
