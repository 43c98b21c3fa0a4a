"""registerReturn."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.mutations.register_shipment import GoodsLineInput
from gateway.deals.types.goods import Return
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date


class RegisterReturnInput(graphene.InputObjectType):
    """Goods of a shipment that came back: these lines, or all that has not come back before."""

    shipment = reference(Kind.SHIPMENT, required=True)
    returned_on = Date(required=True)
    number = graphene.String()
    lines = graphene.List(graphene.NonNull(GoodsLineInput))
    idempotency_key = graphene.String()


class RegisterReturnPayload(Payload):
    """The return, or what to put right."""

    returned = graphene.Field(Return)


register_return = mutation(
    "deals",
    "register_return",
    takes=RegisterReturnInput,
    gives=RegisterReturnPayload,
    read=whole("returned"),
    description="Register goods that came back: they count as not shipped any more, and the client owes less for them.",
)
