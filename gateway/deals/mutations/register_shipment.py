"""registerShipment."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation
from gateway.deals.types import Deal, Shipment
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal


class GoodsLineInput(graphene.InputObjectType):
    """So much of a line of a customer order, by its number; the order may be left out where only one is meant."""

    order = reference(Kind.CUSTOMER_ORDER)
    line = graphene.Int(required=True)
    quantity = Decimal(required=True)


class RegisterShipmentInput(graphene.InputObjectType):
    """Goods that have left: these lines, or with `complete` all that is left of what was ordered.

    With lines it follows whether the shipment is complete; without any it has to be said.
    """

    deal = reference(Kind.DEAL, required=True)
    number = graphene.String(required=True)
    shipped_on = Date(required=True)
    complete = graphene.Boolean()
    order = reference(Kind.CUSTOMER_ORDER, description="the order, where the deal has several confirmed ones")
    lines = graphene.List(graphene.NonNull(GoodsLineInput))
    documents_due_on = Date(description="by when its signed papers are to be back")
    idempotency_key = graphene.String()


class RegisterShipmentPayload(Payload):
    """The shipment and its deal, or what to put right."""

    shipment = graphene.Field(Shipment)
    deal = graphene.Field(Deal)


register_shipment = mutation(
    "deals",
    "register_shipment",
    takes=RegisterShipmentInput,
    gives=RegisterShipmentPayload,
    read=as_given,
    description="Register a shipment; the one that completes what was ordered wins a CONTROLLED deal.",
)
