"""registerCustomerOrder, confirmCustomerOrder, changeCustomerOrder and cancelCustomerOrder."""

from __future__ import annotations

import graphene

from gateway.commands import mutation, whole
from gateway.deals.types import CustomerOrder
from gateway.kinds import Kind
from gateway.references import reference
from gateway.shapes.problems import Payload
from gateway.shapes.scalars import Date, Decimal, occurred_at
from gateway.shapes.values import ExternalRefInput, MoneyInput


class CustomerOrderLineInput(graphene.InputObjectType):
    """A line of an order; `line` is the number of one that is there already, which it takes the place of."""

    line = graphene.Int()
    product = graphene.String(required=True)
    quantity = Decimal(required=True)
    price = graphene.InputField(MoneyInput, required=True)
    discount_percent = Decimal()
    tax_percent = Decimal()
    in_stock = Decimal(description="how much of it is there already; what is not has to be bought")
    promised_on = Date(description="by when this line is promised; by the order's day, if not said")


class RegisterCustomerOrderInput(graphene.InputObjectType):
    """What a client orders; without a number it is given one, without a day it is today."""

    deal = reference(Kind.DEAL, required=True)
    lines = graphene.List(graphene.NonNull(CustomerOrderLineInput), required=True)
    number = graphene.String()
    ordered_on = Date()
    promised_on = Date(description="by when we promise to ship it")
    payment_due_on = Date(description="by when all of it is to be paid, whatever the sale terms say")
    prices_include_tax = graphene.Boolean()
    tax_included = graphene.Boolean(
        deprecation_reason="it is pricesIncludeTax everywhere; that counts where both are given"
    )
    external_ref = graphene.InputField(ExternalRefInput)
    idempotency_key = graphene.String()


class RegisterCustomerOrderPayload(Payload):
    """The draft of the order, or what to put right."""

    customer_order = graphene.Field(CustomerOrder)


class OrderFromProposalInput(graphene.InputObjectType):
    """A proposal that the client accepted; the order has the lines that were taken, at their prices."""

    proposal = reference(Kind.PROPOSAL, required=True)
    number = graphene.String()
    ordered_on = Date()
    promised_on = Date(description="by when we promise to ship it")
    payment_due_on = Date(description="by when all of it is to be paid, whatever the sale terms say")
    idempotency_key = graphene.String()


class OrderFromProposalPayload(Payload):
    """The draft of the order, or what to put right."""

    customer_order = graphene.Field(CustomerOrder)


class ConfirmCustomerOrderInput(graphene.InputObjectType):
    """An order that is agreed on."""

    order = reference(Kind.CUSTOMER_ORDER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()
    occurred_at = occurred_at(after="the last fact of its deal")


class ConfirmCustomerOrderPayload(Payload):
    """The order, or what to put right."""

    customer_order = graphene.Field(CustomerOrder)


class ChangeCustomerOrderInput(graphene.InputObjectType):
    """What is left out stays as it is, null takes a date off; `lines` are all lines that the order is to have."""

    order = reference(Kind.CUSTOMER_ORDER, required=True)
    expected_version = graphene.Int()
    lines = graphene.List(graphene.NonNull(CustomerOrderLineInput))
    promised_on = Date()
    payment_due_on = Date()
    idempotency_key = graphene.String()


class ChangeCustomerOrderPayload(Payload):
    """The order as it is now, or what to put right."""

    customer_order = graphene.Field(CustomerOrder)


class CancelCustomerOrderInput(graphene.InputObjectType):
    """An order that is taken back."""

    order = reference(Kind.CUSTOMER_ORDER, required=True)
    expected_version = graphene.Int()
    idempotency_key = graphene.String()


class CancelCustomerOrderPayload(Payload):
    """The order, or what to put right."""

    customer_order = graphene.Field(CustomerOrder)


register_customer_order = mutation(
    "deals",
    "register_customer_order",
    takes=RegisterCustomerOrderInput,
    gives=RegisterCustomerOrderPayload,
    read=whole("customer_order"),
    description="Write down what a client orders within a deal; nobody is bound by it until it is confirmed.",
)

order_from_proposal = mutation(
    "deals",
    "order_from_proposal",
    takes=OrderFromProposalInput,
    gives=OrderFromProposalPayload,
    read=whole("customer_order"),
    description="Write down as an order what the client accepted of a proposal.",
)

confirm_customer_order = mutation(
    "deals",
    "confirm_customer_order",
    takes=ConfirmCustomerOrderInput,
    gives=ConfirmCustomerOrderPayload,
    read=whole("customer_order"),
    description="Agree on an order: the partner becomes a client, and both sides owe what follows from it.",
)

change_customer_order = mutation(
    "deals",
    "change_customer_order",
    takes=ChangeCustomerOrderInput,
    gives=ChangeCustomerOrderPayload,
    read=whole("customer_order"),
    nulls=True,
    description="Change a draft or a confirmed order.",
)

cancel_customer_order = mutation(
    "deals",
    "cancel_customer_order",
    takes=CancelCustomerOrderInput,
    gives=CancelCustomerOrderPayload,
    read=whole("customer_order"),
    description="Take an order back of which nothing is with the client.",
)
