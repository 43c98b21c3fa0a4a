"""registerPayment and reversePayment."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import Payment
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date
from gateway.shapes.values import ExternalRefInput, MoneyInput


class RegisterPaymentInput(graphene.InputObjectType):
    """Money that came; without an order it goes to what is due first in the deal."""

    deal = reference(Kind.DEAL, required=True)
    order = reference(Kind.CUSTOMER_ORDER)
    amount = graphene.InputField(MoneyInput, required=True)
    paid_on = Date(required=True)
    number = graphene.String()
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()


class RegisterPaymentPayload(Payload):
    """The payment, or what to put right."""

    payment = graphene.Field(Payment)


class ReversePaymentInput(graphene.InputObjectType):
    """Money that went back; today, unless a day is named."""

    payment = reference(Kind.PAYMENT, required=True)
    reversed_on = Date()
    idempotency_key = graphene.String()


class ReversePaymentPayload(Payload):
    """The payment, or what to put right."""

    payment = graphene.Field(Payment)


register_payment = mutation(
    "deals",
    "register_payment",
    takes=RegisterPaymentInput,
    gives=RegisterPaymentPayload,
    read=whole("payment"),
    description="Register money that came from a client: it fulfils what its order, or else the deal, has made due first.",
)

reverse_payment = mutation(
    "deals",
    "reverse_payment",
    takes=ReversePaymentInput,
    gives=ReversePaymentPayload,
    read=whole("payment"),
    description="Take a payment back; what it had fulfilled is open again.",
)
