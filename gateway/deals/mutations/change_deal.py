"""changeDeal."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Deal
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date
from gateway.shapes.values import MoneyInput


class ChangeDealInput(graphene.InputObjectType):
    """What is left out stays as it is; null takes off."""

    deal = reference(Kind.DEAL, required=True)
    expected_version = graphene.Int()
    title = graphene.String()
    partner = reference(Kind.PARTNER)
    manager = reference(Kind.MANAGER)
    amount = graphene.InputField(MoneyInput)
    expected_close_on = Date()
    planned_start_on = Date(description="a coming deal: when work on it is to begin")
    probability = graphene.Float(description="of winning it, 0 to 1; that of its stage, if not given")
    products = graphene.List(graphene.NonNull(graphene.String))
    idempotency_key = graphene.String()


class ChangeDealPayload(Payload):
    """The deal as it is now, or what to put right."""

    deal = graphene.Field(Deal)


change_deal = mutation(
    "deals",
    "change_deal",
    takes=ChangeDealInput,
    gives=ChangeDealPayload,
    read=whole("deal"),
    nulls=True,
    description="Change a deal's facts.",
)
