"""registerShipment."""

from __future__ import annotations

import graphene

from gateway.commands import as_given, mutation
from gateway.deals.types import Deal, Shipment
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class RegisterShipmentInput(graphene.InputObjectType):
    """Goods that have left; `complete` says that it is all that was ordered."""

    deal = reference(Kind.DEAL, required=True)
    number = graphene.String(required=True)
    shipped_on = Date(required=True)
    complete = graphene.Boolean(required=True)
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
